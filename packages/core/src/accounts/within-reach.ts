import { type Principal, refusalOf } from '@understudy/auth'
import type { Prisma } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { isUuid } from '../ids.ts'

/**
 * The account that bots for selected members have to have selected; undefined for those who have every bot: administrators,
 * and whoever is no account.
 */
export const selectedAs = (caller: Principal, workspaceId: string): string | undefined =>
  caller.kind === 'account' && refusalOf({ callers: ['account:administrator'] }, caller, caller.roles[workspaceId])
    ? caller.accountId
    : undefined

/** The bots of the workspace that the caller has: the others are as good as none. */
export const botsWithinReach = ({ workspaceId, caller }: WorkspaceContext): Prisma.BotWhereInput => {
  const accountId = selectedAs(caller, workspaceId)
  if (accountId === undefined) return { workspaceId }
  const selected = { allowed: { some: { member: { workspaceId, accountId } } } }
  return { workspaceId, OR: [{ allowlist: 'ALL_WORKSPACE_USERS' }, selected] }
}

/** For what hangs on a bot and needs no more of it. @throws ResourceNotFound for one the caller does not have */
export const reachBot = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  const isThere = isUuid(id) && (await ctx.db.prisma.bot.count({ where: { id, ...botsWithinReach(ctx) } })) > 0
  if (!isThere) throw notFound('bot', id)
}

/** The bots within reach, in SQL, of bots `b`; `account` stands for what `selectedAs` answers, or for null. */
export const withinReachSql = (account: string): string => `
  (${account}::uuid is null or b.allowlist = 'ALL_WORKSPACE_USERS' or exists (
    select from bot_allowlist_entries e join workspace_members m on m.id = e.member_id and m.workspace_id = b.workspace_id
    where e.bot_id = b.id and m.account_id = ${account}::uuid))`
