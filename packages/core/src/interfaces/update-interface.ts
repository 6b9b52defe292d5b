import { isDeepStrictEqual } from 'node:util'
import type { Interface, InterfaceChanges } from '@understudy/contract'
import type { Prisma, Transaction } from '@understudy/db'
import { unlessTaken } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { mergeByName } from '../definitions/index.ts'
import { alreadyExists, breakingChanges, notFound } from '../errors.ts'
import { iconColumns, readmeColumns } from '../publications/index.ts'
import { checkInterface } from './check-interface.ts'
import { checkNameIsFree } from './check-name-is-free.ts'
import { type InterfaceRow, toInterface } from './interface.mapper.ts'
import { interfaceRepository } from './interface.repository.ts'
import { changedInterface, type StoredInterface } from './interface-definition.rules.ts'

/**
 * Changes a version: absent is unchanged, null under a name removes it. What a public version declares is frozen.
 * @throws ResourceNotFound; InvalidPayload, InvalidJsonSchema, InvalidIdentifier, LimitExceeded; BreakingChanges; AlreadyExists for a name that another workspace has published
 */
export const updateInterface = async (
  ctx: WorkspaceContext,
  id: string,
  changes: InterfaceChanges,
): Promise<Interface> => {
  const updated = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      // Two changes at once come one after the other, so that neither loses the other's names.
      const row = await interfaceRepository.hold(ctx, tx, id)
      if (!row) throw notFound('interface', id)
      const definition = changedInterface(row.definition as unknown as StoredInterface, changes)
      await checkInterface(ctx, definition)
      const isPublic = changes.public ?? row.public
      await checkPublication(ctx, tx, row, { definition, isPublic })
      await interfaceRepository.updateFamily(tx, row.familyId, {
        ...iconColumns(ctx, changes.icon),
        ...(isPublic ? { published: true } : {}),
      })
      return interfaceRepository.update(tx, id, {
        title: changes.title ?? row.title,
        description: changes.description ?? row.description,
        public: isPublic,
        sdkVersion: changes.sdkVersion ?? row.sdkVersion,
        definition: definition as unknown as Prisma.InputJsonObject,
        attributes: mergeByName(row.attributes as Record<string, string>, changes.attributes),
        ...readmeColumns(ctx, changes.readme),
        updatedAt: ctx.clock.now(),
      })
    }),
  )
  // Another workspace came first, at this very moment.
  if (!updated) throw alreadyExists('Another workspace has published an interface by this name')
  return toInterface(ctx, updated)
}

/** Others count on what a public version declares, and on its being there. */
const checkPublication = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  row: InterfaceRow,
  { definition, isPublic }: { definition: StoredInterface; isPublic: boolean },
): Promise<void> => {
  const what = `Version ${row.version} of "${row.family.name}"`
  if (isPublic && !row.public) await checkNameIsFree(ctx, tx, row.family.name)
  if (row.public && !isPublic && (await interfaceRepository.countImplementations(tx, row.id, ctx)) > 0)
    throw breakingChanges(`${what} cannot become private: integrations of other workspaces implement it`)
  if (row.public && isPublic && !isDeepStrictEqual(row.definition, JSON.parse(JSON.stringify(definition))))
    throw breakingChanges(`${what} is public: publish a new version instead`)
}
