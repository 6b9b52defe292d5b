import type { Failure } from '../bot-issues/index.ts'
import type { ApiError } from '../errors.ts'
import { newUuid } from '../ids.ts'
import type { Action } from './find-action.ts'

/** What the owner of a bot has to know of an action that failed: not what the caller did wrong, but what came of the call. */
export const actionFailureOf = (botId: string, { name, by }: Action, error: ApiError): Failure => {
  const who = by ? `The integration "${by.installation.alias}"` : 'The bot'
  return {
    botId,
    source: `action/${newUuid()}`,
    code: error.type === 'OperationTimeout' ? 'action_timed_out' : 'action_failed',
    category: error.type === 'OperationTimeout' ? 'limits' : 'user_code',
    title: `The action "${name}" failed`,
    description: `${who} was called and did not do it. Whoever called the action was told the same.`,
    data: {
      receiver: { raw: by?.installation.alias ?? 'bot' },
      action: { raw: name },
      reason: { raw: error.message },
    },
    groupBy: ['receiver', 'action'],
    message: `The action "${name}" failed: ${error.message}`,
    integrationId: by?.integrationId,
  }
}
