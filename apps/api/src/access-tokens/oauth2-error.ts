import type { OAuth2Error } from '@understudy/contract'
import type { PlatformContext } from '@understudy/core'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { errorBody, INTERNAL, tell } from '../http/render-error.ts'

/** What our own error types have no word for. */
export class OAuth2Refusal extends Error {
  constructor(
    readonly error: OAuth2Error['error'],
    description: string,
  ) {
    super(description)
  }
}

/** The one place where what was thrown becomes an answer as RFC 6749 §5.2 wants it. */
export const renderOAuth2Error =
  (platform: PlatformContext) =>
  (error: FastifyError | OAuth2Refusal, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, ...body } = error instanceof OAuth2Refusal ? refused(error) : failed(platform, error, request)
    if (status === 503) void reply.header('retry-after', '1')
    // Only who came with the header is told which kind it should be: a browser would ask its user otherwise.
    if (status === 401 && request.headers.authorization)
      void reply.header('www-authenticate', 'Basic realm="understudy"')
    void reply.code(status).send(body)
  }

type Answer = OAuth2Error & { status: number }

const refused = ({ error, message }: OAuth2Refusal): Answer => ({
  status: 400,
  error,
  error_description: message,
})

const failed = (platform: PlatformContext, error: FastifyError, request: FastifyRequest): Answer => {
  const told = tell(error, request)
  const { id, status, message } = errorBody(platform, told ?? INTERNAL)
  if (!told) request.log.error({ err: error, errorId: id, operationId: 'createAccessToken' }, 'unexpected error')
  return { status, error: codeOf(status), error_description: printable(message) }
}

const codeOf = (status: number): OAuth2Error['error'] => {
  if (status === 401) return 'invalid_client'
  if (status < 500) return 'invalid_request'
  return status === 503 ? 'temporarily_unavailable' : 'server_error'
}

/** A description holds neither quotes nor backslashes, and ASCII alone. */
const printable = (text: string): string => text.replaceAll('"', "'").replaceAll(/[^\x20-\x7e]|\\/g, '?')
