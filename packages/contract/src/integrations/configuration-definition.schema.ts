import { z } from 'zod'
import { DefinitionCaption, JsonObject } from '../definitions/index.ts'

/** The longest script in the URL and identifier templates of an integration. */
export const SCRIPT_MAX = 2_000

const Identifier = z.object({
  linkTemplateScript: z.string().max(SCRIPT_MAX).optional(),
  required: z.boolean(),
})

const IdentifierChange = z
  .object({ linkTemplateScript: z.string().max(SCRIPT_MAX).nullable(), required: z.boolean() })
  .partial()

/** One way to configure an integration: the default one, or one of several by name. */
export const ConfigurationDefinition = DefinitionCaption.extend({ identifier: Identifier, schema: JsonObject })
export type ConfigurationDefinition = z.infer<typeof ConfigurationDefinition>

export const NewConfigurationDefinition = ConfigurationDefinition.extend({ identifier: Identifier.partial() }).partial()

export const ConfigurationDefinitionChange = NewConfigurationDefinition.extend({
  identifier: IdentifierChange.optional(),
})
