import type { PublicWorkspace, Workspace } from '@understudy/contract'
import type { Prisma } from '@understudy/db'

export type WorkspaceRow = Prisma.WorkspaceGetPayload<{ include: { _count: { select: { bots: true } } } }>

/** Nobody is billed here: every workspace is on the plan without limits, for nothing. */
export const toWorkspace = (row: WorkspaceRow): Workspace => ({
  id: row.id,
  name: row.name,
  ownerId: row.ownerId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  botCount: row._count.bots,
  billingVersion: 'v4',
  plan: row.plan as Workspace['plan'],
  accountType: row.accountType as Workspace['accountType'],
  blocked: row.blocked,
  spendingLimit: row.spendingLimit,
  about: row.about,
  profilePicture: row.profilePicture ?? '',
  contactEmail: row.contactEmail ?? '',
  website: row.website ?? '',
  socialAccounts: row.socialAccounts,
  isPublic: row.isPublic,
  activeTrialId: null,
  ...(row.handle === null ? {} : { handle: row.handle }),
})

export const toPublicWorkspace = (row: WorkspaceRow): PublicWorkspace => {
  const { id, name, createdAt, updatedAt, about, profilePicture, contactEmail, website, socialAccounts, handle } =
    toWorkspace(row)
  const shown = { id, name, createdAt, updatedAt, about, profilePicture, contactEmail, website, socialAccounts }
  return handle === undefined ? shown : { ...shown, handle }
}
