import { Readable } from 'node:stream'
import type { PlatformContext } from '../context.ts'
import { notFound, runtimeError } from '../errors.ts'
import { execute } from '../vrl/index.ts'
import { receiveFor } from './receive-webhook.ts'
import { type ScriptsRow, webhookRepository } from './webhook.repository.ts'
import { requestFor, type WebhookAnswer, type WebhookRequest } from './webhook.rules.ts'

/**
 * Hands a request to the one of all installations of an integration that it is for: a script of the integration says by what
 * identifier that is known. What is for none another script answers.
 * @throws ResourceNotFound; what receiveWebhook throws
 */
export const receiveGlobalWebhook = async (
  platform: PlatformContext,
  integrationName: string,
  request: WebhookRequest,
): Promise<WebhookAnswer> => {
  const families = await webhookRepository.scripts(platform, integrationName)
  let failure = ''
  for (const family of families) {
    const outcome = await execute(family.extract, inputOf(platform, family, request))
    if ('failure' in outcome) failure = outcome.failure
    else if (typeof outcome.result === 'string') {
      const meant = await webhookRepository.findIdentified(platform, family.family_id, outcome.result)
      if (meant) return (await receiveFor(platform, meant, request)).answer
    }
  }
  const family = families.find(({ fallback }) => fallback)
  if (family?.fallback) return answerOf(platform, family, family.fallback, request)
  if (failure) throw runtimeError(`The script that says whom this is for failed: ${failure}`)
  throw notFound('integration', integrationName)
}

/** What a script sees of a request. */
const inputOf = ({ secrets }: PlatformContext, family: ScriptsRow, request: WebhookRequest) => ({
  body: '',
  ...requestFor(request),
  secrets: JSON.parse(secrets.open(Buffer.from(family.sealed_secrets, 'base64'))) as Record<string, string>,
})

type Said = { status?: unknown; headers?: unknown; body?: unknown }

const answerOf = async (
  platform: PlatformContext,
  family: ScriptsRow,
  script: string,
  request: WebhookRequest,
): Promise<WebhookAnswer> => {
  const outcome = await execute(script, inputOf(platform, family, request))
  if ('failure' in outcome) throw runtimeError(`The script that answers for all others failed: ${outcome.failure}`)
  const { result } = outcome
  const said: Said = typeof result === 'object' && result !== null ? result : { body: result }
  const status = Number(said.status ?? 200)
  if (!Number.isInteger(status) || status < 200 || status > 599)
    throw runtimeError('The script that answers for all others gave a status that is none.')
  const body = Buffer.from(textOf(said.body))
  const headers = { ...textsOf(said.headers), 'content-length': String(body.length) }
  return { status, headers, body: Readable.from(body.length > 0 ? [body] : []) }
}

const textsOf = (headers: unknown): Record<string, string> =>
  typeof headers === 'object' && headers !== null
    ? Object.fromEntries(
        Object.entries(headers).flatMap(([name, value]) =>
          NAME.test(name) && typeof value === 'string' && VALUE.test(value) ? [[name.toLowerCase(), value]] : [],
        ),
      )
    : {}

/** What can be sent as a header. */
const NAME = /^[\w-]+$/
const VALUE = /^[\x20-\x7e\t]*$/

const textOf = (body: unknown): string =>
  typeof body === 'string' ? body : body === undefined || body === null ? '' : JSON.stringify(body)
