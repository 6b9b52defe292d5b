import type { BotAllowlist } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'

/** Rows of `bot_allowlist_entries`, and the setting that says whether they matter. */
export const botAllowlistRepository = {
  /** @returns undefined when there is no such bot any more */
  find: async ({ db, workspaceId }: WorkspaceContext, id: string): Promise<BotAllowlist | undefined> => {
    const row = await db.prisma.bot.findFirst({
      where: { id, workspaceId },
      select: {
        allowlist: true,
        allowed: {
          where: { member: { workspaceId } },
          select: { member: { select: { accountId: true } } },
          orderBy: { memberId: 'asc' },
        },
      },
    })
    if (!row) return undefined
    const users = row.allowed.map(({ member }) => ({ id: member.accountId }))
    return { setting: row.allowlist as BotAllowlist['setting'], users }
  },
  set: async (tx: Transaction, id: string, allowlist: BotAllowlist['setting']): Promise<void> => {
    await tx.bot.update({ where: { id }, data: { allowlist } })
  },
  /** Those of these accounts that are members, by account; they stay members until the transaction ends. */
  holdMembers: async (
    { workspaceId }: WorkspaceContext,
    tx: Transaction,
    accountIds: string[],
  ): Promise<Map<string, string>> => {
    const rows = await tx.$queryRaw<{ id: string; account_id: string }[]>`
      select id, account_id from workspace_members
      where workspace_id = ${workspaceId}::uuid and account_id = any(${accountIds}::uuid[]) order by id for key share`
    return new Map(rows.map(({ id, account_id }) => [account_id, id]))
  },
  select: async (tx: Transaction, botId: string, memberIds: string[]): Promise<void> => {
    const data = memberIds.map((memberId) => ({ botId, memberId }))
    await tx.botAllowlistEntry.createMany({ data, skipDuplicates: true })
  },
  deselect: async (tx: Transaction, botId: string, memberIds: string[]): Promise<void> => {
    await tx.botAllowlistEntry.deleteMany({ where: { botId, memberId: { in: memberIds } } })
  },
}
