import type { Principal } from '@understudy/auth'
import { selectedAs } from '../accounts/index.ts'
import type { BotProfile } from './bot-profile.ts'

/** Whether an account has a bot: a member of its workspace, and selected where only selected members have it. */
export const hasBot = (caller: Extract<Principal, { kind: 'account' }>, bot: BotProfile): boolean => {
  if (!Object.hasOwn(caller.roles, bot.workspaceId)) return false
  const accountId = selectedAs(caller, bot.workspaceId)
  return accountId === undefined || !bot.selectedAccountIds || bot.selectedAccountIds.includes(accountId)
}
