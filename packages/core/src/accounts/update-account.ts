import type { Account, AccountChanges } from '@understudy/contract'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toAccount } from './account.mapper.ts'
import { accountIdOf } from './account-id-of.ts'

/** Changes how the caller is shown to others; absent is unchanged. @throws Forbidden for a caller who is no account */
export const updateAccount = async (
  { db, caller }: CallerContext,
  { displayName, profilePicture }: AccountChanges,
): Promise<Account> => {
  const id = accountIdOf(caller)
  const [row] = await db.prisma.account.updateManyAndReturn({
    where: { id },
    data: {
      ...(displayName === undefined ? {} : { displayName }),
      ...(profilePicture === undefined ? {} : { profilePicture }),
    },
  })
  if (!row) throw notFound('account', id)
  return toAccount(row)
}
