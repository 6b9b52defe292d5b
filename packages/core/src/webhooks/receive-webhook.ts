import type { OpenAnswer } from '@understudy/runtime'
import { reportFailures } from '../bot-issues/index.ts'
import { callAndPassOn, findCallees, toTheIntegration } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { ApiError, forbidden, notFound, runtimeError } from '../errors.ts'
import { setIdentifier } from '../installations/index.ts'
import { type WebhookRow, webhookRepository } from './webhook.repository.ts'
import { answerFor, requestFor, type WebhookAnswer, type WebhookRequest } from './webhook.rules.ts'
import { webhookFailureOf } from './webhook-failure.rules.ts'

/** In the answer of an integration: from now on the outside world knows it by this. */
const IDENTIFIER = 'x-bp-integration-identifier'

/** In the answer to an authorization: it is a page of its own, and wants no other around it. */
const NO_INTERSTITIAL = 'x-bp-disable-interstitial'

/**
 * Hands a request to the integration in a bot that it is for, and its answer back.
 * @throws ResourceNotFound; Forbidden while it is disabled; OperationTimeout; Runtime when it does not answer
 */
export const receiveWebhook = async (
  platform: PlatformContext,
  webhookId: string,
  request: WebhookRequest,
): Promise<WebhookAnswer> => (await receiveFor(platform, await installationAt(platform, webhookId), request)).answer

/**
 * The same for what comes back from an authorization: all integrations share one address for that, and `state` says whose it
 * is. Whoever authorized is a person, and is shown a page, unless the integration has one of its own.
 * @returns also whether that page is to be shown
 */
export const receiveAuthorization = async (
  platform: PlatformContext,
  request: WebhookRequest,
): Promise<{ answer: WebhookAnswer; showsInterstitial: boolean }> => {
  const { answer, headers } = await receiveFor(platform, await installationAt(platform, stateOf(request)), request)
  const isRedirect = answer.status >= 300 && answer.status < 400
  return { answer, showsInterstitial: !isRedirect && headers[NO_INTERSTITIAL] !== 'true' }
}

/** In the address, or in a form that was posted. */
const stateOf = ({ query, headers, body }: WebhookRequest): string => {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  const inForm = isForm && body ? new URLSearchParams(body.toString()).get('state') : null
  return new URLSearchParams(query).get('state') ?? inForm ?? ''
}

const installationAt = async (platform: PlatformContext, webhookId: string): Promise<WebhookRow> => {
  const installation = await webhookRepository.find(platform, webhookId)
  if (!installation) throw notFound('webhook', webhookId)
  return installation
}

/**
 * Hands a request to an installation. What it answers is an answer of HTTP already, and is read while it comes: this server
 * keeps neither large files nor streams of events, and needs not know where they end.
 * @returns its answer, and the headers it had, those for this server among them
 */
export const receiveFor = async (
  platform: PlatformContext,
  installation: WebhookRow,
  request: WebhookRequest,
): Promise<{ answer: WebhookAnswer; headers: Record<string, string> }> => {
  const { id, bot_id: botId, alias } = installation
  if (!installation.enabled) throw forbidden(`The integration "${alias}" is disabled in this bot.`)
  const callees = await findCallees(platform, botId)
  if (callees?.profile.blocked) throw forbidden('This bot, or its workspace, is blocked.')
  const report = (reason: string): Promise<void> => {
    const integrationId = callees?.installations.get(id)?.integrationId ?? undefined
    return reportFailures(platform, [webhookFailureOf(installation, integrationId, reason, platform.clock.now())])
  }
  try {
    const addressed = callees && toTheIntegration(callees, installation, 'webhook_received')
    if (!addressed) throw runtimeError(`The integration "${alias}" runs nowhere: it has neither code nor a URL.`)
    const answered = await callAndPassOn(platform, addressed, { req: requestFor(request) })
    return await unlessRefused(answered, async () => {
      const answer = answerFor(answered)
      const identifier = answered.headers[IDENTIFIER]
      if (identifier) await setIdentifier(platform, id, identifier)
      if (answer.status >= 500) await report(`It answered ${answer.status}.`)
      return { answer, headers: answered.headers }
    })
  } catch (error) {
    if (error instanceof ApiError && (error.type === 'Runtime' || error.type === 'OperationTimeout'))
      await report(error.message)
    throw error
  }
}

/** Where an answer is not passed on, nobody is going to read it. */
const unlessRefused = async <T>({ body }: OpenAnswer, act: () => Promise<T>): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    body.destroy()
    throw error
  }
}
