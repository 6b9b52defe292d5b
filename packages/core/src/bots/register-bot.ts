import type { BotChanges } from '@understudy/contract'
import { type Failure, reportFailures } from '../bot-issues/index.ts'
import { ask, findCallees, REGISTER_MAX_MS, toTheBot } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { newUuid } from '../ids.ts'

/** Whether a bot after this change is not the one that registered before: it runs elsewhere, or with other settings. */
export const isNewlyRun = ({ code, url, configuration, secrets }: BotChanges): boolean =>
  code !== undefined || Boolean(url) || configuration !== undefined || secrets !== undefined

/**
 * Calls a bot that runs somewhere to `register`, once its change is committed. What fails is told to its owner, and undoes
 * nothing: the bot is what it was changed to, and the next change calls it again.
 */
export const registerBot = async (platform: PlatformContext, id: string): Promise<void> => {
  const callees = await findCallees(platform, id)
  const addressed = callees && !callees.profile.blocked && toTheBot(callees, 'register')
  if (!addressed) return
  const timeoutMs = Math.min(addressed.timeoutMs, REGISTER_MAX_MS)
  try {
    await ask(platform, 'The bot', { ...addressed, timeoutMs })
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    await reportFailures(platform, [failureOf(id, error.message)])
  }
}

const failureOf = (botId: string, reason: string): Failure => ({
  botId,
  source: `bot-registration/${newUuid()}`,
  code: 'bot_registration_failed',
  category: 'user_code',
  title: 'The bot could not register',
  description:
    'It was called because it was deployed, or its URL, its configuration or its secrets changed. The change stands; the next one calls it again.',
  data: { reason: { raw: reason } },
  groupBy: [],
  message: `The bot failed to register: ${reason}`,
})
