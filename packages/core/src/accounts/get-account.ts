import type { Account } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'

/** The account whose token it is. @throws Forbidden for a caller who is no account */
export const getAccount = async ({ db, caller }: CallerContext): Promise<Account> => {
  const id = accountIdOf(caller)
  const row = await db.prisma.account.findUnique({ where: { id } })
  if (!row) throw notFound('account', id)
  return {
    id: row.id,
    email: row.email,
    emailVerified: row.emailVerified,
    createdAt: row.createdAt.toISOString(),
    ...(row.displayName === null ? {} : { displayName: row.displayName }),
    ...(row.profilePicture === null ? {} : { profilePicture: row.profilePicture }),
  }
}

/** @throws Forbidden for a bot or an integration */
export const accountIdOf = (caller: CallerContext['caller']): string => {
  if (caller.kind !== 'account') throw forbidden('Only an account may do this, with a personal access token.')
  return caller.accountId
}
