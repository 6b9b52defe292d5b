import type { NewIntegration, Visibility } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { checkSize, withoutNulls } from '../definitions/index.ts'
import { alreadyExists, invalidPayload } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import { checkHandle, checkNameAndVersion, iconColumns, readmeColumns } from '../publications/index.ts'
import { checkIntegration } from './check-integration.ts'
import { checkNameIsFree } from './check-name-is-free.ts'
import { implementationsIn } from './implementations-in.ts'
import { integrationRepository, type ReadingIntegrations } from './integration.repository.ts'
import { newDefinition, type StoredDefinition } from './integration-definition.rules.ts'
import { visibilityOf } from './visibility.rules.ts'

/** What follows from what was asked for. */
export type CheckedCreation = {
  dev: boolean
  visibility: Visibility
  /** whether other workspaces see it */
  isPublished: boolean
  definition: StoredDefinition
}

/** Everything about a new version that can be told from itself. @throws InvalidPayload, InvalidJsonSchema, InvalidIdentifier, LimitExceeded */
export const checkCreation = async (ctx: WorkspaceContext, input: NewIntegration): Promise<CheckedCreation> => {
  const { url, dev = false, code } = input
  checkNameAndVersion(input)
  if (url !== undefined && !dev) throw invalidPayload('url', 'is for development integrations: set dev')
  if (dev && !url) throw invalidPayload('url', 'is needed: it is where a development integration runs')
  if (code !== undefined) checkLimit(ctx, 'codeBytes', code.bytes.length)
  iconColumns(ctx, input.icon)
  readmeColumns(ctx, input.readme)
  const definition = newDefinition(input)
  await checkIntegration(ctx, definition)
  const visibility = visibilityOf(input) ?? 'private'
  return { dev, visibility, isPublished: visibility !== 'private' && !dev, definition }
}

/**
 * What depends on what there is already. @returns the definition with the interfaces that are to be implemented
 * @throws AlreadyExists; InvalidPayload for somebody else's handle; ReferenceNotFound for an interface out of reach; LimitExceeded
 */
export const checkPlace = async (
  ctx: WorkspaceContext,
  tx: ReadingIntegrations,
  { name, version, interfaces }: NewIntegration,
  { dev, isPublished, definition }: CheckedCreation,
): Promise<StoredDefinition> => {
  const family = await integrationRepository.findFamily(ctx, tx, name)
  const known = family ? await integrationRepository.countVersions(tx, family.id) : 0
  // What has this name already keeps it, whatever the workspace is called by now.
  if (known === 0) await checkHandle(ctx, tx, name)
  if (isPublished && !family?.published) await checkNameIsFree(ctx, tx, name)
  if (!dev && family && (await integrationRepository.countVersions(tx, family.id, version)) > 0)
    throw alreadyExists(`Version ${version} of the integration "${name}" exists already`)
  if (!dev) checkLimit(ctx, 'integrationVersions', known + 1)
  const whole = { ...definition, interfaces: withoutNulls(await implementationsIn(ctx, tx, interfaces)) }
  checkSize(ctx, whole)
  return whole
}
