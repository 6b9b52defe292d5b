import type { InstallationChange } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { invalidPayload, referenceNotFound, relationConflict } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { type IntegrationRow, integrationRepository, type StoredIntegrationDefinition } from '../integrations/index.ts'
import { validateData } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import type { InstallationRow, KeyedBy } from './installation.mapper.ts'

export type InstallationChanges = Record<string, InstallationChange | null>

const include = { integration: { include: { family: { select: { name: true } } } } } as const

type Target = { id: string; dev: boolean }

/**
 * Installs, reconfigures, enables, disables, upgrades and removes integrations of a bot. A removed one keeps its row, so
 * that installing the same alias again finds its users and conversations.
 * @throws ReferenceNotFound; RelationConflict for another integration under a known alias; InvalidDataFormat; InvalidPayload; LimitExceeded
 */
export const changeInstallations = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  changes: InstallationChanges,
  keyedBy: KeyedBy,
): Promise<void> => {
  const known: InstallationRow[] = await tx.installation.findMany({ where: { botId: bot.id }, include })
  for (const [key, change] of Object.entries(changes)) {
    const path = `integrations.${key}`
    // Whoever names an integration inside says the alias outside, whatever the headers say.
    const byAlias = keyedBy === 'alias' || change?.integrationId !== undefined
    const row = known.find((one) => (byAlias ? one.alias === key : one.integrationId === key && !one.removedAt))
    if (change === null) {
      if (row) await remove(ctx, tx, row)
      continue
    }
    const integrationId = change.integrationId ?? (byAlias ? (row?.integrationId ?? undefined) : key)
    if (integrationId === undefined) throw invalidPayload(`${path}.integrationId`, 'is needed to install something')
    const integration = await installable(
      ctx,
      tx,
      bot,
      integrationId,
      byAlias ? `${path}.integrationId` : 'integrations',
    )
    const alias = byAlias ? key : integration.family.name
    const installed = row ?? known.find((one) => one.alias === alias)
    if (installed) await reconfigure(ctx, tx, installed, integration, change, path)
    else known.push(await install(ctx, tx, bot, alias, integration, change, path))
  }
  const present = await tx.installation.count({ where: { botId: bot.id, removedAt: null } })
  checkLimit(ctx, 'installedIntegrations', present)
}

const remove = async ({ clock }: WorkspaceContext, tx: Transaction, row: InstallationRow): Promise<void> => {
  const now = clock.now()
  await tx.installation.update({
    where: { id: row.id },
    data: { enabled: false, status: 'unregistered', statusReason: null, removedAt: now, updatedAt: now },
  })
}

const installable = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  id: string,
  path: string,
): Promise<IntegrationRow> => {
  const integration = await integrationRepository.findInstallable(ctx, tx, id)
  if (!integration) throw referenceNotFound(path, id)
  if (integration.dev && !bot.dev)
    throw invalidPayload(
      path,
      `"${integration.family.name}" is a development integration: only development bots can have it`,
    )
  // Held until the installation is there, so that it cannot be deleted meanwhile.
  await tx.$queryRaw`select from integrations where id = ${id}::uuid for share`
  return integration
}

const install = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  alias: string,
  integration: IntegrationRow,
  change: InstallationChange,
  path: string,
): Promise<InstallationRow> => {
  const settled = settle(ctx, integration, change, { configuration: {}, configurationType: null }, path)
  const now = ctx.clock.now()
  return tx.installation.create({
    data: {
      id: newUuid(),
      botId: bot.id,
      alias,
      familyId: integration.familyId,
      integrationId: integration.id,
      webhookId: newUuid(),
      ...settled,
      ...statusOf(change.enabled ?? false),
      disabledChannels: change.disabledChannels ?? [],
      createdAt: now,
      updatedAt: now,
      versions: { create: { integrationId: integration.id } },
    },
    include,
  })
}

const reconfigure = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  row: InstallationRow,
  integration: IntegrationRow,
  change: InstallationChange,
  path: string,
): Promise<void> => {
  if (row.familyId !== integration.familyId)
    throw relationConflict(`"${row.alias}" stands for another integration in this bot: choose another alias`)
  const known = JSON.parse(ctx.secrets.open(row.sealedConfiguration)) as Record<string, unknown>
  const settled = settle(
    ctx,
    integration,
    change,
    { configuration: known, configurationType: row.configurationType },
    path,
  )
  await tx.installation.update({
    where: { id: row.id },
    data: {
      integrationId: integration.id,
      ...settled,
      ...statusOf(change.enabled ?? (row.removedAt ? false : row.enabled)),
      disabledChannels: change.disabledChannels ?? row.disabledChannels,
      removedAt: null,
      updatedAt: ctx.clock.now(),
    },
  })
  await tx.installationVersion.upsert({
    where: { installationId_integrationId: { installationId: row.id, integrationId: integration.id } },
    create: { installationId: row.id, integrationId: integration.id },
    update: {},
  })
}

/** Integrations are not called to register yet: what is enabled counts as registered. */
const statusOf = (enabled: boolean) => ({
  enabled,
  status: enabled ? 'registered' : 'unregistered',
  statusReason: null,
})

type Configured = { configuration: Record<string, unknown>; configurationType: string | null }

/** The configuration after a change, held against the schema of its type. */
const settle = (
  ctx: WorkspaceContext,
  integration: IntegrationRow,
  change: InstallationChange,
  known: Configured,
  path: string,
) => {
  const definition = integration.definition as unknown as StoredIntegrationDefinition
  const configurationType = change.configurationType === undefined ? known.configurationType : change.configurationType
  const configuration = change.configuration ?? known.configuration
  const declared = configurationType === null ? definition.configuration : definition.configurations[configurationType]
  if (!declared)
    throw invalidPayload(
      `${path}.configurationType`,
      `must be one of ${Object.keys(definition.configurations).join(', ') || 'none: there is only the default'}`,
    )
  const stranger = change.disabledChannels?.find((channel) => !Object.hasOwn(definition.channels, channel))
  if (stranger !== undefined) throw invalidPayload(`${path}.disabledChannels`, `"${stranger}" is no channel of it`)
  checkLimit(ctx, 'integrationConfigurationBytes', jsonBytes(configuration))
  // What is not enabled may still lack what only its owner can fill in.
  if (change.enabled || change.configuration) validateData(declared.schema, configuration, `${path}.configuration`)
  return {
    configurationType,
    sealedConfiguration: new Uint8Array(ctx.secrets.seal(JSON.stringify(configuration))),
  }
}
