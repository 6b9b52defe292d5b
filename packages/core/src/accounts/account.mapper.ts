import type { Account } from '@understudy/contract'
import type { Prisma } from '@understudy/db'

export const toAccount = (row: Prisma.AccountGetPayload<object>): Account => ({
  id: row.id,
  email: row.email,
  emailVerified: row.emailVerified,
  createdAt: row.createdAt.toISOString(),
  ...(row.displayName === null ? {} : { displayName: row.displayName }),
  ...(row.profilePicture === null ? {} : { profilePicture: row.profilePicture }),
})
