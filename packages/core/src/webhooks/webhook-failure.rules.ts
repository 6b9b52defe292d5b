import type { Failure } from '../bot-issues/index.ts'
import type { WebhookRow } from './webhook.repository.ts'

/** How long an integration is not mentioned again: anybody may call its webhook, as often as they like. */
const SILENCE_MS = 60_000

/** What the owner of a bot has to know of a webhook that did not work: whoever called it may be nobody who tells. */
export const webhookFailureOf = (
  { id, bot_id: botId, alias }: WebhookRow,
  integrationId: string | undefined,
  reason: string,
  now: Date,
): Failure => ({
  botId,
  source: `webhook/${id}/${Math.floor(now.getTime() / SILENCE_MS)}`,
  code: 'webhook_failed',
  category: 'user_code',
  title: `The webhook of the integration "${alias}" failed`,
  description:
    'Somebody called it, and the integration gave no answer, or one of 5xx. This is said at most once a minute.',
  data: { integration: { raw: alias }, reason: { raw: reason } },
  groupBy: ['integration'],
  message: `The webhook of the integration "${alias}" failed: ${reason}`,
  integrationId,
})
