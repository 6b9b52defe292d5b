import type { Account } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toAccount } from './account.mapper.ts'
import { accountIdOf } from './account-id-of.ts'

/** The account whose token it is. @throws Forbidden for a caller who is no account */
export const getAccount = async ({ db, caller }: CallerContext): Promise<Account> => {
  const id = accountIdOf(caller)
  const row = await db.prisma.account.findUnique({ where: { id } })
  if (!row) throw notFound('account', id)
  return toAccount(row)
}
