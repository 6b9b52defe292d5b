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

const OwnerWorkspace = z.object({ id: z.string(), handle: z.string().nullable(), name: z.string() })

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
  ownerWorkspace: OwnerWorkspace.optional(),
})
export type IntegrationSummary = z.infer<typeof IntegrationSummary>

/** What the hub says beside: whose it is, and how many bots have it. */
const HubListing = z.object({
  ownerWorkspace: OwnerWorkspace,
  meta: z.object({ installs: z.number(), views: z.number().describe('Always 0: nobody counts them here.') }),
})

/** A version as everybody sees it: without its secrets. */
export const PublicIntegration = Integration.extend(HubListing.shape)
export type PublicIntegration = z.infer<typeof PublicIntegration>

export const PublicIntegrationSummary = IntegrationSummary.extend(HubListing.shape)
export type PublicIntegrationSummary = z.infer<typeof PublicIntegrationSummary>
