import { ERROR_TYPES, type ErrorType } from '@understudy/contract'
import { ApiError, newErrorId, type PlatformContext } from '@understudy/core'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'

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

/** What is told of anything that nobody foresaw. */
export const INTERNAL: Told = { type: 'Internal', message: 'Something went wrong on our side.' }

/** Errors of the framework and of the database, told in our terms. */
const FRAMEWORK_ERRORS: Record<string, Told> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'UnsupportedMediaType', message: 'The body has to be application/json.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    type: 'InvalidPayload',
    message: 'The body is not as long as its Content-Length says.',
  },
  FST_ERR_BAD_URL: { type: 'InvalidQuery', message: 'The path is not properly percent-encoded.' },
  FST_ERR_MAX_PARAM_LENGTH: { type: 'ResourceNotFound', message: 'Nothing has an id as long as this: not found.' },
}

/** Messages name fields and ids that clients send: they come back, but not a megabyte of them. */
const ECHO_MAX = 1000

export const errorBody = (platform: PlatformContext, told: Told): ErrorBody => {
  const { status, description } = ERROR_TYPES[told.type]
  return {
    id: newErrorId(platform.clock.now()),
    code: told.status ?? status,
    type: told.type,
    message: shortened(told.message),
    description,
    status: told.status ?? status,
    ...(told.metadata ? { metadata: withShortTexts(told.metadata) } : {}),
  }
}

/** Where it happened stands in front, what is wrong at the end. */
const shortened = (text: string): string =>
  text.length > ECHO_MAX ? `${text.slice(0, ECHO_MAX / 2)}…${text.slice(-ECHO_MAX / 2)}` : text

const withShortTexts = (metadata: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, typeof value === 'string' ? shortened(value) : value]),
  )

/** The one place where what was thrown becomes an answer; the router's own errors come here, too. */
export const renderError =
  (platform: PlatformContext) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const told = tell(error, request)
    const body = errorBody(platform, told ?? INTERNAL)
    const { operationId } = request.routeOptions.config
    if (!told) request.log.error({ err: error, errorId: body.id, operationId }, 'unexpected error')
    if (body.status === 503) void reply.header('retry-after', '1')
    void reply.code(body.status).send(body)
  }

/** Told like any other limit; how large a body is that comes in pieces, nobody knows. */
const tooLarge = ({ routeOptions, headers }: FastifyRequest): Told => {
  const max = routeOptions.bodyLimit
  const actual = headers['content-length'] === undefined ? {} : { actual: Number(headers['content-length']) }
  const message = `The body is larger than the ${max} bytes this operation accepts.`
  return { type: 'PayloadTooLarge', message, metadata: { limit: 'bodyBytes', max, ...actual } }
}

/** What was thrown, as the caller may know it; undefined for what nobody foresaw. */
export const tell = (error: FastifyError, request: FastifyRequest): Told | undefined => {
  if (error instanceof ApiError) return error
  if (error.name === 'UnstorableValue')
    return { type: 'InvalidPayload', message: `The request holds a value that cannot be stored: ${error.message}` }
  if (error.name === 'DatabaseUnavailable')
    return { type: 'Internal', status: 503, message: 'The database is away at the moment: try again.' }
  if (error.name === 'FilesUnavailable')
    return { type: 'Internal', status: 503, message: 'The contents of files are away at the moment: try again.' }
  if (error.name === 'TooBusy')
    return { type: 'Internal', status: 503, message: 'Too many large bodies are being read at the moment: try again.' }
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return tooLarge(request)
  const known = FRAMEWORK_ERRORS[error.code]
  if (known) return known
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500)
    return { type: 'InvalidPayload', message: error.message }
  return undefined
}
