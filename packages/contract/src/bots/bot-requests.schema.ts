import { z } from 'zod'
import { BulkText } from '../common/bulk.ts'
import { NewTags, TagChanges } from '../common/tags.ts'
import { changesByName, SecretChanges, Secrets } from '../definitions/index.ts'
import { BotMedia, BotType } from './bot.schema.ts'
import { BotDefinitionChanges, NewBotDefinition } from './bot-definition.schema.ts'
import { InstallationChange } from './installation.schema.ts'
import { PluginInstallationChange } from './plugin-installation.schema.ts'

const DESCRIPTION_MAX = 2_000

/** What creating and updating have in common. */
const BotProperties = z
  .object({
    name: z.string().min(1),
    description: z.string().max(DESCRIPTION_MAX),
    type: BotType,
    medias: z.array(BotMedia),
    code: BulkText,
    maxExecutionTime: z.int(),
  })
  .partial()

export const NewBot = NewBotDefinition.extend({
  ...BotProperties.shape,
  tags: NewTags.optional(),
  secrets: Secrets.optional(),
  url: z.string().optional(),
  dev: z.boolean().optional(),
})
export type NewBot = z.infer<typeof NewBot>

/** What is absent stays as it is; null under a name removes what has that name. */
export const BotChanges = BotDefinitionChanges.extend({
  ...BotProperties.shape,
  tags: TagChanges.optional(),
  secrets: SecretChanges.optional(),
  url: z.string().nullable().optional(),
  authentication: z.enum(['iam', 'hmac-sha256']).optional(),
  blocked: z.boolean().optional(),
  alwaysAlive: z.boolean().optional(),
  layers: z.array(z.string()).optional(),
  integrations: changesByName(InstallationChange).optional(),
  plugins: changesByName(PluginInstallationChange).optional(),
  shouldMergePlugins: z.boolean().optional().describe('Deprecated: gone from newer clients.'),
})
export type BotChanges = z.infer<typeof BotChanges>
