import { z } from 'zod'
import { Attributes, Publication, VerificationStatus } from '../definitions/index.ts'
import { IntegrationDefinition } from './integration-definition.schema.ts'

const IntegrationPublication = Publication.extend({ verificationStatus: VerificationStatus })

export const Integration = IntegrationPublication.extend({
  ...IntegrationDefinition.shape,
  url: z.string(),
  signingSecret: z.string(),
  dev: z.boolean(),
  readmeUrl: z.string(),
  secrets: z.array(z.string()),
  maxExecutionTime: z.number().optional(),
  sandbox: z.object({ identifierExtractScript: z.string(), messageExtractScript: z.string() }).partial().optional(),
})
export type Integration = z.infer<typeof Integration>

/** What a list of integrations shows. */
export const IntegrationSummary = IntegrationPublication.extend({
  attributes: Attributes.optional(),
  matchedOn: z
    .object({
      name: z.boolean(),
      title: z.boolean(),
      description: z.boolean(),
      actions: z.array(z.string()),
      interfaces: z.array(z.string()),
    })
    .partial()
    .optional()
    .describe('Where `search` was found.'),
  ownerWorkspace: z.object({ id: z.string(), handle: z.string().nullable(), name: z.string() }).optional(),
})
export type IntegrationSummary = z.infer<typeof IntegrationSummary>
