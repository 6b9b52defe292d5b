import { z } from 'zod'
import { byName, JsonObject, Publication } from '../definitions/index.ts'

/** The installed integration a plugin works through. */
const BackingIntegration = z.object({ integrationId: z.string(), integrationAlias: z.string() })

const BackingInterface = BackingIntegration.extend({
  integrationInterfaceAlias: z.string().optional(),
  interfaceId: z.string(),
})

/** A plugin as installed in one bot; `id` is that of the plugin's version. */
export const PluginInstallation = Publication.extend({
  readmeUrl: z.string(),
  enabled: z.boolean(),
  configuration: JsonObject,
  interfaces: byName(BackingInterface).optional(),
  integrations: byName(BackingIntegration).optional(),
})
export type PluginInstallation = z.infer<typeof PluginInstallation>

export const PluginInstallationChange = z.object({
  id: z.string(),
  enabled: z.boolean().optional(),
  configuration: JsonObject.optional(),
  interfaces: byName(BackingInterface.omit({ interfaceId: true }).partial({ integrationAlias: true })).optional(),
  integrations: byName(BackingIntegration).optional(),
})
export type PluginInstallationChange = z.infer<typeof PluginInstallationChange>
