import type { Integration, IntegrationChanges } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { mergeByName } from '../definitions/index.ts'
import { breakingChanges, invalidPayload, notFound, referenceNotFound } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import { checkIntegration } from './check-integration.ts'
import { type IntegrationRow, toIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { changedDefinition, type StoredDefinition } from './integration-definition.rules.ts'
import { visibilityOf } from './visibility.rules.ts'

/**
 * Changes a version: absent is unchanged, null under a name removes it. What a public version declares is frozen.
 * @throws ResourceNotFound; BreakingChanges; InvalidPayload, InvalidJsonSchema, LimitExceeded
 */
export const updateIntegration = async (
  ctx: WorkspaceContext,
  id: string,
  changes: IntegrationChanges,
): Promise<Integration> => {
  return ctx.db.transaction(async (tx) => {
    // Two changes at once come one after the other, so that neither loses the other's names.
    const row = await integrationRepository.hold(ctx, tx, id)
    if (!row) throw notFound('integration', id)
    checkChanges(ctx, row, changes)
    const before = row.definition as unknown as StoredDefinition
    const definition = changedDefinition(before, changes)
    await checkIntegration(ctx, definition)
    if (row.visibility === 'public' && JSON.stringify(definition) !== JSON.stringify(before))
      throw breakingChanges(`Version ${row.version} of "${row.family.name}" is public: publish a new version instead`)
    if (changes.icon !== undefined)
      await tx.integrationFamily.update({ where: { id: row.familyId }, data: { icon: decoded(changes.icon) } })
    return toIntegration(ctx, await integrationRepository.update(tx, id, columns(ctx, row, changes, definition)))
  })
}

const columns = (
  ctx: WorkspaceContext,
  row: IntegrationRow,
  changes: IntegrationChanges,
  definition: StoredDefinition,
): Prisma.IntegrationUncheckedUpdateInput => {
  const known = JSON.parse(ctx.secrets.open(row.sealedSecrets)) as Record<string, string>
  const secrets = mergeByName(known, changes.secrets)
  return {
    title: changes.title ?? row.title,
    description: changes.description ?? row.description,
    visibility: visibilityOf(changes) ?? row.visibility,
    url: changes.url === undefined ? row.url : changes.url,
    ...(changes.code === undefined ? {} : { code: changes.code }),
    sdkVersion: changes.sdkVersion ?? row.sdkVersion,
    maxExecutionTimeS: changes.maxExecutionTime ?? row.maxExecutionTimeS,
    definition: definition as unknown as Prisma.InputJsonObject,
    attributes: mergeByName(row.attributes as Record<string, string>, changes.attributes),
    ...(changes.readme === undefined ? {} : { readme: decoded(changes.readme) }),
    sealedSecrets: new Uint8Array(ctx.secrets.seal(JSON.stringify(secrets))),
    secretNames: Object.keys(secrets),
    updatedAt: ctx.clock.now(),
  }
}

const MAX_EXECUTION_S = 3600

const checkChanges = (ctx: WorkspaceContext, row: IntegrationRow, changes: IntegrationChanges): void => {
  if (changes.url && !row.dev) throw invalidPayload('url', 'is for development integrations')
  if (changes.code !== undefined) checkLimit(ctx, 'codeBytes', Buffer.byteLength(changes.code))
  const { maxExecutionTime: seconds } = changes
  if (seconds !== undefined && (seconds < 1 || seconds > MAX_EXECUTION_S))
    throw invalidPayload('maxExecutionTime', `must be between 1 and ${MAX_EXECUTION_S} seconds`)
  const [alias, implementation] = Object.entries(changes.interfaces ?? {}).find(([, one]) => one !== null) ?? []
  // Nobody publishes interfaces here yet.
  if (implementation) throw referenceNotFound(`interfaces.${alias}.id`, implementation.id)
}

const decoded = (base64: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(base64, 'base64'))
