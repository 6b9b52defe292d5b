import type { WorkspaceMember } from '@understudy/contract'
import type { Prisma } from '@understudy/db'

export const MEMBER = { include: { account: true } } as const satisfies Prisma.WorkspaceMemberDefaultArgs

export type WorkspaceMemberRow = Prisma.WorkspaceMemberGetPayload<typeof MEMBER>

export const toWorkspaceMember = ({ id, createdAt, role, account }: WorkspaceMemberRow): WorkspaceMember => ({
  id,
  userId: account.id,
  email: account.email,
  createdAt: createdAt.toISOString(),
  role: role as WorkspaceMember['role'],
  ...(account.profilePicture === null ? {} : { profilePicture: account.profilePicture }),
  ...(account.displayName === null ? {} : { displayName: account.displayName }),
})
