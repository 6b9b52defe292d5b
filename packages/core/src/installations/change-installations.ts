import type { InstallationChange } from '@understudy/contract'
import type { Installation, Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { invalidIdentifier, invalidPayload, referenceNotFound, relationConflict } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { type IntegrationRow, integrationRepository } from '../integrations/index.ts'
import { checkLimit } from '../limits/index.ts'
import type { KeyedBy } from './installation.mapper.ts'
import { settle } from './settle.ts'

export type InstallationChanges = Record<string, InstallationChange | null>

type Target = { id: string; dev: boolean }

/**
 * Installs, reconfigures, enables, disables, upgrades and removes integrations of a bot. A removed one keeps its row, so
 * that installing the same alias again finds its users and conversations.
 * @throws ReferenceNotFound; RelationConflict for another integration under a known alias; InvalidDataFormat; InvalidPayload; InvalidIdentifier; LimitExceeded
 */
export const changeInstallations = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  changes: InstallationChanges,
  keyedBy: KeyedBy,
): Promise<void> => {
  // Before any is looked up: there may be a hundred thousand of them.
  checkLimit(ctx, 'installedIntegrations', Object.values(changes).filter((change) => change !== null).length)
  const known = await tx.installation.findMany({ where: { botId: bot.id } })
  const named = (key: string, byAlias: boolean) =>
    known.find((one) => (byAlias ? one.alias === key : one.integrationId === key && !one.removedAt))

  // Removals come first: whoever names installations by version says "upgrade" as the new id and null under the old one.
  for (const [key] of Object.entries(changes).filter(([, change]) => change === null)) {
    const row = named(key, keyedBy === 'alias')
    if (row && !row.removedAt) await remove(ctx, tx, row)
  }
  for (const [key, change] of Object.entries(changes)) {
    if (change === null) continue
    const path = `integrations.${key}`
    // Whoever names an integration inside says the alias outside, whatever the headers say.
    const byAlias = keyedBy === 'alias' || change.integrationId !== undefined
    const row = named(key, byAlias)
    const integrationId = change.integrationId ?? (byAlias ? row?.integrationId : key)
    if (!integrationId) throw invalidPayload(`${path}.integrationId`, 'is needed to install something')
    const integration = await installable(ctx, tx, bot, integrationId, byAlias ? `${path}.integrationId` : path)
    const alias = byAlias ? key : integration.family.name
    const installed = row ?? known.find((one) => one.alias === alias)
    if (installed) await reconfigure(ctx, tx, installed, integration, change, path)
    else known.push(await install(ctx, tx, bot, alias, integration, change, path))
  }
  const present = await tx.installation.count({ where: { botId: bot.id, removedAt: null } })
  checkLimit(ctx, 'installedIntegrations', present)
}

const remove = async ({ clock }: WorkspaceContext, tx: Transaction, { id }: Installation): Promise<void> => {
  const now = clock.now()
  await tx.installation.update({ where: { id }, data: { ...statusOf(false), removedAt: now, updatedAt: now } })
}

const installable = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  id: string,
  path: string,
): Promise<IntegrationRow> => {
  const integration = await integrationRepository.holdInstallable(ctx, tx, bot.id, id)
  if (!integration) throw referenceNotFound(path, id)
  if (integration.dev && !bot.dev)
    throw invalidPayload(
      path,
      `"${integration.family.name}" is a development integration: only development bots can have it`,
    )
  return integration
}

// It goes before the colon in names of tags and events, where plugins use a hash.
const ALIAS = /^[^\s:#]{1,200}$/u

const install = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  alias: string,
  integration: IntegrationRow,
  change: InstallationChange,
  path: string,
): Promise<Installation> => {
  if (!ALIAS.test(alias)) throw invalidIdentifier(path, 'is no alias: up to 200 characters, no spaces, colons, hashes')
  const now = ctx.clock.now()
  return tx.installation.create({
    data: {
      id: newUuid(),
      botId: bot.id,
      alias,
      familyId: integration.familyId,
      integrationId: integration.id,
      webhookId: newUuid(),
      ...settle(ctx, integration, change, undefined, path),
      ...statusOf(change.enabled ?? false),
      createdAt: now,
      updatedAt: now,
      versions: { create: { integrationId: integration.id } },
    },
  })
}

const reconfigure = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  row: Installation,
  integration: IntegrationRow,
  change: InstallationChange,
  path: string,
): Promise<void> => {
  if (row.familyId !== integration.familyId)
    throw relationConflict(`"${row.alias}" stands for another integration in this bot: choose another alias`)
  await tx.installation.update({
    where: { id: row.id },
    data: {
      integrationId: integration.id,
      ...settle(ctx, integration, change, row, path),
      ...statusOf(change.enabled ?? row.enabled),
      removedAt: null,
      updatedAt: ctx.clock.now(),
    },
  })
  await tx.installationVersion.createMany({
    data: { installationId: row.id, integrationId: integration.id },
    skipDuplicates: true,
  })
}

/** Integrations are not called to register yet: what is enabled counts as registered. */
const statusOf = (enabled: boolean) => ({
  enabled,
  status: enabled ? 'registered' : 'unregistered',
  statusReason: null,
})
