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

/** What a workspace shows to those who are no members, if it is public. */
export const PublicWorkspace = Workspace.pick({
  id: true,
  name: true,
  createdAt: true,
  updatedAt: true,
  about: true,
  profilePicture: true,
  contactEmail: true,
  website: true,
  socialAccounts: true,
  handle: true,
})
export type PublicWorkspace = z.infer<typeof PublicWorkspace>

const NAME_MAX = 64
const HANDLE_MAX = 64
const SOCIAL_ACCOUNTS_MAX = 5
const SPENDING_LIMIT = { min: 5, max: 1_000 }

const WorkspaceName = z.string().min(1).max(NAME_MAX)

/** What a handle looks like; it goes in front of the names of integrations. */
export const WorkspaceHandle = z
  .string()
  .max(HANDLE_MAX)
  .regex(/^[0-9a-z][a-z0-9-_]+[0-9a-z]$/, 'must be 3 to 64 of a-z, 0-9, - and _, with neither - nor _ at its ends')

export const NewWorkspace = z.object({
  name: WorkspaceName,
  billingVersion: z.literal('v4').optional().describe('Accepted; nobody is billed here.'),
})
export type NewWorkspace = z.infer<typeof NewWorkspace>

/** What is absent stays as it is. */
export const WorkspaceChanges = z.object({
  name: WorkspaceName.optional(),
  accountType: Workspace.shape.accountType.optional(),
  spendingLimit: z.number().min(SPENDING_LIMIT.min).max(SPENDING_LIMIT.max).optional(),
  about: z.string().optional(),
  profilePicture: z.string().optional(),
  contactEmail: z.string().optional(),
  website: z.string().optional(),
  socialAccounts: z.array(z.string()).max(SOCIAL_ACCOUNTS_MAX).optional(),
  isPublic: z.boolean().optional(),
  handle: WorkspaceHandle.optional(),
})
export type WorkspaceChanges = z.infer<typeof WorkspaceChanges>

/** A handle somebody would like to have: it may still turn out to be none. */
export const WantedHandle = z
  .string()
  .min(1)
  .max(50)
  .regex(/^[a-z0-9-_]+$/, 'may hold a-z, 0-9, - and _')

export const HandleAvailability = z.object({
  available: z.boolean(),
  suggestions: z.array(z.string()).describe('Handles that are free, if this one is not.'),
  usedBy: z.string().optional().describe('The workspace that has it, if the caller is a member there.'),
})
export type HandleAvailability = z.infer<typeof HandleAvailability>
