import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

export const Visibility = z.enum(['public', 'private', 'unlisted'])
export type Visibility = z.infer<typeof Visibility>

export const VerificationStatus = z.enum(['unapproved', 'pending', 'approved', 'rejected'])
export type VerificationStatus = z.infer<typeof VerificationStatus>

/** A version of an integration or a plugin, as the hub shows it. */
export const Publication = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  title: z.string(),
  description: z.string(),
  iconUrl: z.string(),
  public: z.boolean().describe('The older spelling of `visibility`.'),
  visibility: Visibility,
  lifecycleStatus: z.enum(['published', 'deprecated']),
})
export type Publication = z.infer<typeof Publication>
