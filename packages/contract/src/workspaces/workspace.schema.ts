import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

export const Workspace = z.object({
  id: z.string(),
  name: z.string(),
  ownerId: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  botCount: z.number(),
  billingVersion: z.enum(['v1', 'v2', 'v3', 'v4']),
  plan: z.enum(['community', 'team', 'enterprise', 'plus', 'managed']),
  accountType: z.enum(['free', 'premium']).describe('Deprecated: what the beta said in place of `plan`.'),
  blocked: z.boolean(),
  spendingLimit: z.number(),
  about: z.string().default(''),
  profilePicture: z.string().default(''),
  contactEmail: z.string().default(''),
  website: z.string().default(''),
  socialAccounts: z.array(z.string()).default([]),
  isPublic: z.boolean().optional(),
  handle: z.string().optional(),
  activeTrialId: z.string().nullable(),
})
export type Workspace = z.infer<typeof Workspace>
