import { z } from 'zod'
import { Tags } from '../common/tags.ts'
import { Timestamp } from '../common/timestamps.ts'
import { byName } from '../definitions/index.ts'
import { BotDefinition } from './bot-definition.schema.ts'
import { Installation } from './installation.schema.ts'
import { PluginInstallation } from './plugin-installation.schema.ts'

export const BotType = z.enum(['studio', 'adk', 'desk'])
export type BotType = z.infer<typeof BotType>

export const BotMedia = z.object({ url: z.string(), name: z.string() })

/** What a list of bots shows. */
export const BotSummary = z.object({
  id: z.string(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
  name: z.string(),
  deployedAt: Timestamp.optional(),
  tags: Tags,
  type: BotType,
})
export type BotSummary = z.infer<typeof BotSummary>

export const Bot = BotSummary.extend({
  ...BotDefinition.shape,
  signingSecret: z.string(),
  integrations: byName(Installation).describe(
    'By alias for callers that send `x-multiple-integrations: true`, else by the id of the integration.',
  ),
  plugins: byName(PluginInstallation),
  description: z.string().optional(),
  dev: z.boolean(),
  secrets: z.array(z.string()),
  createdBy: z.string().optional(),
  maxExecutionTime: z.number().optional(),
  alwaysAlive: z.boolean(),
  status: z.enum(['active', 'deploying', 'deleting']),
  medias: z.array(BotMedia),
})
export type Bot = z.infer<typeof Bot>
