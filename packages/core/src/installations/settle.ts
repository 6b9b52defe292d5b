import type { InstallationChange } from '@understudy/contract'
import type { Installation } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { namesake } from '../definitions/index.ts'
import { invalidPayload } from '../errors.ts'
import type { IntegrationRow, StoredIntegrationDefinition } from '../integrations/index.ts'
import { validateData } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'

/**
 * How an installation is configured after a change. Whatever is given, and whatever is enabled, has to match the schema of
 * its type; what is not enabled may still lack what only its owner can fill in.
 * @param known what it is now; undefined: it is being installed
 * @throws InvalidDataFormat; InvalidPayload; LimitExceeded
 */
export const settle = (
  ctx: PlatformContext,
  integration: IntegrationRow,
  change: InstallationChange,
  known: Installation | undefined,
  path: string,
) => {
  const { channels, configurations, ...definition } = integration.definition as unknown as StoredIntegrationDefinition
  const configurationType =
    change.configurationType === undefined ? (known?.configurationType ?? null) : change.configurationType
  const declared = configurationType === null ? definition.configuration : namesake(configurations, configurationType)
  if (!declared)
    throw invalidPayload(
      `${path}.configurationType`,
      `must be one of ${Object.keys(configurations).join(', ') || 'none: there is only the default'}`,
    )
  const before = known && configurationOf(ctx, known)
  const configuration = change.configuration ?? before ?? {}
  checkLimit(ctx, 'integrationConfigurationBytes', jsonBytes(configuration))
  const enabled = change.enabled ?? known?.enabled ?? false
  if (enabled || change.configuration) validateData(declared.schema, configuration, `${path}.configuration`)
  const stranger = change.disabledChannels?.find((channel) => !Object.hasOwn(channels, channel))
  if (stranger !== undefined) throw invalidPayload(`${path}.disabledChannels`, `"${stranger}" is no channel of it`)
  return {
    columns: {
      configurationType,
      sealedConfiguration: new Uint8Array(ctx.secrets.seal(JSON.stringify(configuration))),
      disabledChannels: change.disabledChannels ?? known?.disabledChannels ?? [],
    },
    enabled,
    isChanged:
      known?.integrationId !== integration.id ||
      known.configurationType !== configurationType ||
      JSON.stringify(before) !== JSON.stringify(configuration),
    requiresIdentifier: declared.identifier.required,
  }
}

const configurationOf = ({ secrets }: PlatformContext, { sealedConfiguration }: Installation) =>
  JSON.parse(secrets.open(sealedConfiguration)) as Record<string, unknown>
