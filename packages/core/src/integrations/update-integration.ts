import type { Integration, IntegrationChanges } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { keepCode } from '../code/index.ts'
import { unlessTaken } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { mergeByName } from '../definitions/index.ts'
import { alreadyExists, notFound } from '../errors.ts'
import { iconColumns, readmeColumns } from '../publications/index.ts'
import { type CheckedChange, checkChange } from './check-change.ts'
import { type IntegrationRow, toIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { implementationRows, interfaceNamesIn } from './integration-definition.rules.ts'

/**
 * Changes a version: absent is unchanged, null under a name removes it. What a published version declares is frozen.
 * @throws ResourceNotFound; what checkChange throws
 */
export const updateIntegration = async (
  ctx: WorkspaceContext,
  id: string,
  changes: IntegrationChanges,
): Promise<Integration> => {
  const updated = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      // Two changes at once come one after the other, so that neither loses the other's names.
      const row = await integrationRepository.hold(ctx, tx, id)
      if (!row) throw notFound('integration', id)
      const checked = await checkChange(ctx, tx, row, changes)
      await integrationRepository.updateFamily(tx, row.familyId, {
        ...iconColumns(ctx, changes.icon),
        ...(checked.isPublished ? { published: true } : {}),
      })
      const codeSha256 = changes.code && (await keepCode(ctx, tx, changes.code))
      return integrationRepository.update(tx, id, columns(ctx, row, changes, { ...checked, codeSha256 }))
    }),
  )
  // Another workspace came first, at this very moment.
  if (!updated) throw alreadyExists('Another workspace has published an integration by this name')
  return toIntegration(ctx, updated)
}

const columns = (
  ctx: WorkspaceContext,
  row: IntegrationRow,
  changes: IntegrationChanges,
  { definition, visibility, codeSha256 }: CheckedChange & { codeSha256: string | undefined },
): Prisma.IntegrationUncheckedUpdateInput => {
  const known = JSON.parse(ctx.secrets.open(row.sealedSecrets)) as Record<string, string>
  const secrets = mergeByName(known, changes.secrets)
  return {
    title: changes.title ?? row.title,
    description: changes.description ?? row.description,
    visibility,
    url: changes.url === undefined ? row.url : changes.url,
    ...(codeSha256 === undefined ? {} : { codeSha256 }),
    sdkVersion: changes.sdkVersion ?? row.sdkVersion,
    maxExecutionTimeS: changes.maxExecutionTime ?? row.maxExecutionTimeS,
    definition: definition as unknown as Prisma.InputJsonObject,
    actionNames: Object.keys(definition.actions),
    ...(changes.interfaces
      ? {
          interfaceNames: interfaceNamesIn(definition),
          implementations: { deleteMany: {}, create: implementationRows(definition) },
        }
      : {}),
    attributes: mergeByName(row.attributes as Record<string, string>, changes.attributes),
    ...readmeColumns(ctx, changes.readme),
    sealedSecrets: new Uint8Array(ctx.secrets.seal(JSON.stringify(secrets))),
    secretNames: Object.keys(secrets),
    updatedAt: ctx.clock.now(),
  }
}
