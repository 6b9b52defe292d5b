import type { Interface, NewInterface } from '@understudy/contract'
import type { Prisma, Transaction } from '@understudy/db'
import { unlessTaken } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { withoutNulls } from '../definitions/index.ts'
import { alreadyExists, notFound } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { checkLimit } from '../limits/index.ts'
import { checkHandle, checkNameAndVersion, iconColumns, readmeColumns } from '../publications/index.ts'
import { checkInterface } from './check-interface.ts'
import { checkNameIsFree } from './check-name-is-free.ts'
import { toInterface } from './interface.mapper.ts'
import { interfaceRepository } from './interface.repository.ts'
import { newInterface, type StoredInterface } from './interface-definition.rules.ts'

/**
 * Makes a version of an interface. Its name may carry the workspace's handle, `handle/name`.
 * @throws InvalidPayload, InvalidJsonSchema, InvalidIdentifier, LimitExceeded; AlreadyExists; ResourceNotFound for a workspace that has just been deleted
 */
export const createInterface = async (ctx: WorkspaceContext, input: NewInterface): Promise<Interface> => {
  checkNameAndVersion(input)
  const columns = columnsOf(ctx, input)
  const definition = newInterface(input)
  await checkInterface(ctx, definition)
  const row = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      const family = await interfaceRepository.holdFamily(ctx, tx, input.name)
      if (!family) throw notFound('workspace', ctx.workspaceId)
      await checkPlace(ctx, tx, input, family)
      await interfaceRepository.updateFamily(tx, family.id, {
        ...iconColumns(ctx, input.icon),
        ...(input.public ? { published: true } : {}),
      })
      return interfaceRepository.create(tx, { ...columns, familyId: family.id, definition: asJson(definition) })
    }),
  )
  // Somebody else came first, at this very moment.
  if (!row) throw alreadyExists(`Version ${input.version} of "${input.name}" exists already, or the name is taken`)
  return toInterface(ctx, row)
}

/** What depends on what there is already. */
const checkPlace = async (
  ctx: WorkspaceContext,
  tx: Transaction,
  { name, version, public: isPublic }: NewInterface,
  family: { id: string; published: boolean },
): Promise<void> => {
  const known = await interfaceRepository.countVersions(tx, family.id)
  // What has this name already keeps it, whatever the workspace is called by now.
  if (known === 0) await checkHandle(ctx, tx, name)
  if (isPublic && !family.published) await checkNameIsFree(ctx, tx, name)
  if ((await interfaceRepository.countVersions(tx, family.id, version)) > 0)
    throw alreadyExists(`Version ${version} of the interface "${name}" exists already`)
  checkLimit(ctx, 'interfaceVersions', known + 1)
}

const TITLE_MAX = 64

const columnsOf = (ctx: WorkspaceContext, input: NewInterface) => {
  const now = ctx.clock.now()
  return {
    id: newUuid(),
    workspaceId: ctx.workspaceId,
    version: input.version,
    title: input.title ?? input.name.slice(0, TITLE_MAX),
    description: input.description ?? '',
    public: input.public ?? false,
    sdkVersion: input.sdkVersion ?? null,
    attributes: withoutNulls(input.attributes),
    ...readmeColumns(ctx, input.readme),
    createdAt: now,
    updatedAt: now,
  }
}

const asJson = (definition: StoredInterface) => definition as unknown as Prisma.InputJsonObject
