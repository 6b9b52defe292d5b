import { z } from 'zod'
import { JsonObject, Publication, VerificationStatus } from '../definitions/index.ts'

export const InstallationStatus = z.enum([
  'registration_pending',
  'registered',
  'registration_failed',
  'unregistration_pending',
  'unregistered',
  'unregistration_failed',
])
export type InstallationStatus = z.infer<typeof InstallationStatus>

/** An integration as installed in one bot; `id` is that of the integration's version. */
export const Installation = Publication.extend({
  verificationStatus: VerificationStatus,
  enabled: z.boolean(),
  webhookUrl: z.string(),
  webhookId: z.string(),
  identifier: z.string().optional(),
  configurationType: z.string().nullable(),
  configuration: JsonObject,
  status: InstallationStatus,
  statusReason: z.string().nullable(),
  disabledChannels: z.array(z.string()),
})
export type Installation = z.infer<typeof Installation>

export const InstallationChange = z.object({
  integrationId: z.string().optional().describe('May be missing where the key is itself the id of the integration.'),
  enabled: z.boolean().optional(),
  configurationType: z.string().nullable().optional(),
  configuration: JsonObject.optional(),
  disabledChannels: z.array(z.string()).optional(),
})
export type InstallationChange = z.infer<typeof InstallationChange>
