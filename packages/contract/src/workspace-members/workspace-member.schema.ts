import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'
import { ROLES } from '../operation.ts'

export const MemberRole = z.enum(ROLES)

export const WorkspaceMember = z.object({
  id: z.string().describe('Of the membership.'),
  userId: z.string().optional().describe('Of the account.'),
  email: z.string(),
  createdAt: Timestamp,
  role: MemberRole,
  profilePicture: z.string().optional(),
  displayName: z.string().optional(),
})
export type WorkspaceMember = z.infer<typeof WorkspaceMember>

export const NewWorkspaceMember = z.object({
  email: z.email().max(320),
  role: MemberRole,
  sendEmail: z.boolean().optional().describe('Accepted; this server sends no mail.'),
})
export type NewWorkspaceMember = z.infer<typeof NewWorkspaceMember>

export const WorkspaceMemberChanges = z.object({ role: MemberRole.optional() })
export type WorkspaceMemberChanges = z.infer<typeof WorkspaceMemberChanges>
