import type { Role } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { isUuid, newUuid } from '../ids.ts'
import { beyond, NEWEST_FIRST, type Position } from '../pages/index.ts'
import { MEMBER, type WorkspaceMemberRow } from './workspace-member.mapper.ts'

/** Rows of `workspace_members`, and of `accounts` as far as nobody has one yet. */
export const workspaceMemberRepository = {
  findByAccount: (
    { db, workspaceId }: WorkspaceContext,
    accountId: string,
    tx: Pick<Transaction, 'workspaceMember'> = db.prisma,
  ): Promise<WorkspaceMemberRow | null> =>
    tx.workspaceMember.findUnique({ where: { workspaceId_accountId: { workspaceId, accountId } }, ...MEMBER }),
  /** Held against other changes until the transaction ends. */
  hold: async ({ workspaceId }: WorkspaceContext, tx: Transaction, id: string): Promise<WorkspaceMemberRow | null> => {
    if (!isUuid(id)) return null
    await tx.$queryRaw`select from workspace_members where id = ${id}::uuid for update`
    return tx.workspaceMember.findFirst({ where: { id, workspaceId }, ...MEMBER })
  },
  /** Newest first, after a position. */
  page: (
    { db, workspaceId }: WorkspaceContext,
    after: Position | undefined,
    take: number,
  ): Promise<WorkspaceMemberRow[]> =>
    db.prisma.workspaceMember.findMany({
      where: { workspaceId, ...beyond(after) },
      orderBy: NEWEST_FIRST,
      take,
      ...MEMBER,
    }),
  /** The account of an address; one nobody has yet is made, pending: its address is not verified and it has no token. */
  accountOf: async ({ clock }: WorkspaceContext, tx: Transaction, email: string): Promise<{ id: string }> => {
    const data = { id: newUuid(), email, emailVerified: false, createdAt: clock.now() }
    await tx.account.createMany({ data, skipDuplicates: true })
    return tx.account.findUniqueOrThrow({ where: { email }, select: { id: true } })
  },
  /** @returns undefined when the account is a member already */
  create: async (
    ctx: WorkspaceContext,
    tx: Transaction,
    { accountId, role }: { accountId: string; role: Role },
  ): Promise<WorkspaceMemberRow | null> => {
    const data = { id: newUuid(), workspaceId: ctx.workspaceId, accountId, role, createdAt: ctx.clock.now() }
    const { count } = await tx.workspaceMember.createMany({ data, skipDuplicates: true })
    return count === 0 ? null : workspaceMemberRepository.findByAccount(ctx, accountId, tx)
  },
  update: (tx: Transaction, id: string, data: { role?: Role }): Promise<WorkspaceMemberRow> =>
    tx.workspaceMember.update({ where: { id }, data, ...MEMBER }),
  delete: async (tx: Transaction, id: string): Promise<void> => {
    await tx.workspaceMember.delete({ where: { id } })
  },
}
