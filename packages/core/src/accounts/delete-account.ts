import type { CallerContext } from '../context.ts'
import { notFound, referenceConstraint } from '../errors.ts'
import { accountIdOf } from './account-id-of.ts'

/**
 * Deletes the caller's account, with its tokens, memberships and preferences; what it did stays on record.
 * @throws ReferenceConstraint while it owns a workspace; Forbidden for a caller who is no account
 */
export const deleteAccount = async ({ db, caller }: CallerContext): Promise<void> => {
  const id = accountIdOf(caller)
  await db.transaction(async (tx) => {
    // Whoever makes a workspace for it at this moment waits, or is seen.
    await tx.$queryRaw`select from accounts where id = ${id}::uuid for update`
    if ((await tx.workspace.count({ where: { ownerId: id } })) > 0)
      throw referenceConstraint('This account owns a workspace: delete that first')
    if ((await tx.account.deleteMany({ where: { id } })).count === 0) throw notFound('account', id)
  })
}
