import type { Integration, NewIntegration } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { keepCode } from '../code/index.ts'
import { unlessTaken } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { withoutNulls } from '../definitions/index.ts'
import { alreadyExists, notFound } from '../errors.ts'
import { newSigningSecret, newUuid } from '../ids.ts'
import { iconColumns, readmeColumns } from '../publications/index.ts'
import { type CheckedCreation, checkCreation, checkPlace } from './check-creation.ts'
import { toIntegration } from './integration.mapper.ts'
import { integrationRepository } from './integration.repository.ts'
import { implementationRows, interfaceNamesIn } from './integration-definition.rules.ts'

/**
 * Makes a version of an integration. Its name may carry the workspace's handle, `handle/name`; development versions may
 * share name and version with others.
 * @throws what checkCreation and checkPlace throw; ResourceNotFound for a workspace that has just been deleted
 */
export const createIntegration = async (
  ctx: WorkspaceContext,
  input: NewIntegration,
  id: string = newUuid(),
): Promise<Integration> => {
  const checked = await checkCreation(ctx, input)
  const row = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      const familyId = await integrationRepository.holdFamily(ctx, tx, input.name)
      if (!familyId) throw notFound('workspace', ctx.workspaceId)
      const definition = await checkPlace(ctx, tx, input, checked)
      await integrationRepository.updateFamily(tx, familyId, {
        ...iconColumns(ctx, input.icon),
        ...(checked.isPublished ? { published: true } : {}),
      })
      const codeSha256 = input.code ? await keepCode(ctx, tx, input.code) : null
      const made = columns(ctx, familyId, input, { ...checked, definition, codeSha256 })
      return integrationRepository.create(tx, { ...made, id })
    }),
  )
  // Somebody else came first, at this very moment.
  if (!row) throw alreadyExists(`Version ${input.version} of "${input.name}" exists already, or the name is taken`)
  return toIntegration(ctx, row)
}

const TITLE_MAX = 64

const columns = (
  ctx: WorkspaceContext,
  familyId: string,
  input: NewIntegration,
  { dev, visibility, definition, codeSha256 }: CheckedCreation & { codeSha256: string | null },
): Omit<Prisma.IntegrationUncheckedCreateInput, 'id'> => {
  const now = ctx.clock.now()
  const secrets = withoutNulls(input.secrets)
  return {
    familyId,
    workspaceId: ctx.workspaceId,
    version: input.version,
    title: input.title ?? input.name.slice(0, TITLE_MAX),
    description: input.description ?? '',
    dev,
    visibility,
    lifecycleStatus: 'published',
    verificationStatus: 'unapproved',
    url: input.url ?? null,
    codeSha256,
    sdkVersion: input.sdkVersion ?? null,
    definition: definition as unknown as Prisma.InputJsonObject,
    actionNames: Object.keys(definition.actions),
    interfaceNames: interfaceNamesIn(definition),
    implementations: { create: implementationRows(definition) },
    attributes: input.attributes ?? {},
    ...readmeColumns(ctx, input.readme),
    sealedSigningSecret: bytes(ctx.secrets.seal(newSigningSecret())),
    sealedSecrets: bytes(ctx.secrets.seal(JSON.stringify(secrets))),
    secretNames: Object.keys(secrets),
    createdAt: now,
    updatedAt: now,
  }
}

const bytes = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer)
