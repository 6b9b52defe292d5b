import { ERROR_TYPES, type ErrorType } from '@understudy/contract'
import { ApiError, newErrorId, type PlatformContext } from '@understudy/core'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** What every error looks like, to everybody. `code` and `status` are the HTTP status. */
export type ErrorBody = {
  id: string
  code: number
  type: ErrorType
  message: string
  description: string
  status: number
  metadata?: Record<string, unknown>
}

type Told = { type: ErrorType; message: string; status?: number; metadata?: Record<string, unknown> | undefined }

/** Errors of the framework and of the database, told in our terms. */
const FRAMEWORK_ERRORS: Record<string, Told> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'UnsupportedMediaType', message: 'The body has to be application/json.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'PayloadTooLarge', message: 'The body is larger than this operation accepts.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    type: 'InvalidPayload',
    message: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { type: 'InvalidQuery', message: 'The path is not properly percent-encoded.' },
  FST_ERR_MAX_PARAM_LENGTH: { type: 'ResourceNotFound', message: 'Nothing with such a long id was found: not found.' },
}

export const errorBody = (platform: PlatformContext, told: Told): ErrorBody => {
  const { status, description } = ERROR_TYPES[told.type]
  return {
    id: newErrorId(platform.clock.now()),
    code: told.status ?? status,
    type: told.type,
    message: told.message,
    description,
    status: told.status ?? status,
    ...(told.metadata ? { metadata: told.metadata } : {}),
  }
}

/** The one place where what was thrown becomes an answer. */
export const renderErrors = (app: FastifyInstance, platform: PlatformContext): void => {
  app.setErrorHandler((error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const told = tell(error)
    const body = errorBody(platform, told ?? { type: 'Internal', message: 'Something went wrong on our side.' })
    if (!told) request.log.error({ err: error, errorId: body.id }, 'unexpected error')
    if (body.status === 503) void reply.header('retry-after', '1')
    return reply.code(body.status).send(body)
  })
}

const tell = (error: FastifyError): Told | undefined => {
  if (error instanceof ApiError) return error
  if (error.name === 'UnstorableValue')
    return { type: 'InvalidPayload', message: `The request holds a value that cannot be stored: ${error.message}` }
  if (error.name === 'DatabaseUnavailable')
    return { type: 'Internal', status: 503, message: 'The database is away at the moment: try again.' }
  const known = FRAMEWORK_ERRORS[error.code]
  if (known) return known
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { type: 'InvalidPayload', message: error.message }
  return undefined
}
