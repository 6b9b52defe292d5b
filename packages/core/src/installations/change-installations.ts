import type { InstallationChange } from '@understudy/contract'
import type { Prisma, Transaction } from '@understudy/db'
import { isSomewhere } from '../callees/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { invalidIdentifier, invalidPayload, referenceNotFound, relationConflict } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { type IntegrationRow, integrationRepository } from '../integrations/index.ts'
import { checkLimit } from '../limits/index.ts'
import type { KeyedBy } from './installation.mapper.ts'
import { callUntil, type OwedCall } from './registration.repository.ts'
import { type Registration, registrationAfter } from './registration.rules.ts'
import { settle } from './settle.ts'

export type InstallationChanges = Record<string, InstallationChange | null>

type Target = { id: string; dev: boolean }

/**
 * Installs, reconfigures, enables, disables, upgrades and removes integrations of a bot. A removed one keeps its row, so
 * that installing the same alias again finds its users and conversations.
 * @returns the calls that this owes to integrations once it is committed
 * @throws ReferenceNotFound; RelationConflict for another integration under a known alias; InvalidDataFormat; InvalidPayload; InvalidIdentifier; LimitExceeded
 */
export const changeInstallations = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  bot: Target,
  changes: InstallationChanges,
  keyedBy: KeyedBy,
): Promise<OwedCall[]> => {
  // Before any is looked up: there may be a hundred thousand of them.
  checkLimit(ctx, 'installedIntegrations', Object.values(changes).filter((change) => change !== null).length)
  const known = await tx.installation.findMany({ where: { botId: bot.id }, ...PRESENT })
  const named = (key: string, byAlias: boolean) =>
    known.find((one) => (byAlias ? one.alias === key : one.integrationId === key && !one.removedAt))

  const owed: (OwedCall | undefined)[] = []
  // Removals come first: whoever names installations by version says "upgrade" as the new id and null under the old one.
  for (const [key] of Object.entries(changes).filter(([, change]) => change === null)) {
    const row = named(key, keyedBy === 'alias')
    if (row && !row.removedAt) owed.push(await remove(ctx, tx, row))
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
    if (installed) owed.push(await reconfigure(ctx, tx, installed, integration, change, path))
    else {
      const { row: added, call } = await install(ctx, tx, bot, alias, integration, change, path)
      known.push(added)
      owed.push(call)
    }
  }
  const present = await tx.installation.count({ where: { botId: bot.id, removedAt: null } })
  checkLimit(ctx, 'installedIntegrations', present)
  return owed.filter((call) => call !== undefined)
}

/** An installation with what tells whether it can be called. */
const PRESENT = {
  include: { integration: { select: { url: true, codeSha256: true } }, family: { select: { native: true } } },
} as const satisfies Prisma.InstallationDefaultArgs

type Present = Prisma.InstallationGetPayload<typeof PRESENT>

const isCallable = (
  integration: { url: string | null; codeSha256: string | null } | null,
  { native }: { native: boolean },
): boolean => !native && integration !== null && isSomewhere(integration)

/** Its identifier is free for others. */
const remove = async ({ clock }: WorkspaceContext, tx: Transaction, row: Present): Promise<OwedCall | undefined> => {
  const { id, integration, family } = row
  const now = clock.now()
  const { data, call } = owing(
    id,
    registrationAfter({
      known: row,
      enabled: false,
      isChanged: false,
      isCallable: isCallable(integration, family),
      lacksIdentifier: false,
    }),
  )
  await tx.installation.update({
    where: { id },
    data: { ...data, identifier: null, registerEvery: null, registerDueAt: null, removedAt: now, updatedAt: now },
  })
  return call
}

/** The columns that say where a registration stands, and the call it takes. */
const owing = (installationId: string, registration: Registration | undefined) => {
  if (!registration) return { data: {}, call: undefined }
  const { owed: operation, ...data } = registration
  if (!operation) return { data: { ...data, callId: null, callUntil: null }, call: undefined }
  const callId = newUuid()
  return { data: { ...data, callId, callUntil: callUntil() }, call: { installationId, callId, operation } }
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
): Promise<{ row: Present; call: OwedCall | undefined }> => {
  if (!ALIAS.test(alias)) throw invalidIdentifier(path, 'is no alias: up to 200 characters, no spaces, colons, hashes')
  const now = ctx.clock.now()
  const id = newUuid()
  const { columns, enabled, isChanged, requiresIdentifier } = settle(ctx, integration, change, undefined, path)
  const { data, call } = owing(
    id,
    registrationAfter({
      known: undefined,
      enabled,
      isChanged,
      isCallable: isCallable(integration, integration.family),
      lacksIdentifier: requiresIdentifier,
    }),
  )
  const row = await tx.installation.create({
    data: {
      id,
      botId: bot.id,
      alias,
      familyId: integration.familyId,
      integrationId: integration.id,
      webhookId: newUuid(),
      ...columns,
      ...NEW,
      ...data,
      createdAt: now,
      updatedAt: now,
      versions: { create: { integrationId: integration.id } },
    },
    ...PRESENT,
  })
  return { row, call }
}

const NEW = { enabled: false, status: 'unregistered' } as const

const reconfigure = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  row: Present,
  integration: IntegrationRow,
  change: InstallationChange,
  path: string,
): Promise<OwedCall | undefined> => {
  if (row.familyId !== integration.familyId)
    throw relationConflict(`"${row.alias}" stands for another integration in this bot: choose another alias`)
  const { columns, enabled, isChanged, requiresIdentifier } = settle(ctx, integration, change, row, path)
  const { data, call } = owing(
    row.id,
    registrationAfter({
      known: row,
      enabled,
      isChanged,
      isCallable: isCallable(integration, integration.family),
      lacksIdentifier: requiresIdentifier && row.identifier === null,
    }),
  )
  await tx.installation.update({
    where: { id: row.id },
    data: {
      integrationId: integration.id,
      ...columns,
      ...data,
      removedAt: null,
      updatedAt: ctx.clock.now(),
    },
  })
  await tx.installationVersion.createMany({
    data: { installationId: row.id, integrationId: integration.id },
    skipDuplicates: true,
  })
  return call
}
