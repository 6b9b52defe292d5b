import { refusalOf } from '@understudy/auth'
import { type BotProfile, findBotProfile } from '../callers/index.ts'
import type { CallerContext } from '../context.ts'
import { forbidden } from '../errors.ts'

/**
 * A bot the caller may issue and revoke API clients for: a developer, or more, in its workspace.
 * @throws what `missing` makes for a bot out of the caller's reach; Forbidden for a member who is less than a developer
 */
export const botToStandFor = async (ctx: CallerContext, botId: string, missing: () => Error): Promise<BotProfile> => {
  const { caller } = ctx
  const bot = await findBotProfile(ctx, botId)
  const role = bot && caller.kind === 'account' ? caller.roles[bot.workspaceId] : undefined
  if (!bot || !role) throw missing()
  // The workspace is the bot's, so the door could not hold the role against it.
  const refusal = refusalOf({ callers: ['account:developer'] }, caller, role)
  if (refusal) throw forbidden(refusal)
  return bot
}
