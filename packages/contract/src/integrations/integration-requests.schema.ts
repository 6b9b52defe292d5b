import { z } from 'zod'
import { BulkText } from '../common/bulk.ts'
import { NewTags, TagChanges } from '../common/tags.ts'
import { byName, Caption, changesByName, NAME_MAX, SecretChanges, Visibility } from '../definitions/index.ts'
import { IntegrationDefinitionChanges, NewIntegrationDefinition } from './integration-definition.schema.ts'

/** An operation the integration asks to be called with beside the usual ones. */
const ExtraOperation = z.object({ enabled: z.boolean() })

/** What creating and updating have in common. */
const IntegrationProperties = Caption.extend({
  sdkVersion: z.string().max(NAME_MAX),
  secrets: SecretChanges,
  code: BulkText,
  icon: z.string().describe('SVG (or PNG, JPEG, GIF, WebP) in Base64, shared by all versions; empty for none.'),
  readme: z.string().describe('Markdown in Base64, of this version; empty for none.'),
  public: z.boolean().describe('The older spelling of `visibility`, which wins where both are given.'),
  visibility: Visibility,
  layers: z.array(z.string()),
}).partial()

export const NewIntegration = NewIntegrationDefinition.extend({
  ...IntegrationProperties.shape,
  name: z.string().max(NAME_MAX),
  version: z.string().max(NAME_MAX),
  extraOperations: byName(ExtraOperation).optional(),
  url: z.string().optional(),
  dev: z.boolean().optional(),
  tags: NewTags.optional().describe('Deprecated: the beta reference names them, no client sends them.'),
})
export type NewIntegration = z.infer<typeof NewIntegration>

/** What is absent stays as it is; null under a name removes what has that name. */
export const IntegrationChanges = IntegrationDefinitionChanges.extend({
  ...IntegrationProperties.shape,
  extraOperations: changesByName(ExtraOperation).optional(),
  url: z.string().nullable().optional(),
  maxExecutionTime: z.int().optional(),
  tags: TagChanges.optional().describe('Deprecated: the beta reference names them, no client sends them.'),
})
export type IntegrationChanges = z.infer<typeof IntegrationChanges>
