import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

export const Account = z.object({
  id: z.string(),
  email: z.string(),
  displayName: z.string().optional(),
  emailVerified: z.boolean(),
  profilePicture: z.string().optional(),
  createdAt: Timestamp,
})
export type Account = z.infer<typeof Account>
