import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

const DISPLAY_NAME_MAX = 100

export const Account = z.object({
  id: z.string(),
  email: z.string(),
  displayName: z.string().optional(),
  emailVerified: z.boolean(),
  profilePicture: z.string().optional(),
  createdAt: Timestamp,
})
export type Account = z.infer<typeof Account>

/** What is absent stays as it is. */
export const AccountChanges = z.object({
  displayName: z.string().max(DISPLAY_NAME_MAX).optional(),
  profilePicture: z.string().optional(),
  refresh: z.boolean().optional().describe('Accepted; there is nowhere else to take a fresh profile from.'),
})
export type AccountChanges = z.infer<typeof AccountChanges>
