import type { NewIntegration, Visibility } from '@understudy/contract'
import semver from 'semver'
import type { WorkspaceContext } from '../context.ts'
import { alreadyExists, invalidPayload } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import { checkIntegration } from './check-integration.ts'
import { checkNameIsFree } from './check-name-is-free.ts'
import { iconColumns, readmeColumns } from './icon-and-readme.ts'
import { integrationRepository, type ReadingIntegrations } from './integration.repository.ts'
import { newDefinition, type StoredDefinition } from './integration-definition.rules.ts'
import { checkNoInterfaces } from './no-interfaces.rules.ts'
import { visibilityOf } from './visibility.rules.ts'

/** What follows from what was asked for. */
export type CheckedCreation = {
  dev: boolean
  visibility: Visibility
  /** whether other workspaces see it */
  isPublished: boolean
  definition: StoredDefinition
}

/** Everything about a new version that can be told from itself. @throws InvalidPayload, InvalidJsonSchema, InvalidIdentifier, ReferenceNotFound, LimitExceeded */
export const checkCreation = async (ctx: WorkspaceContext, input: NewIntegration): Promise<CheckedCreation> => {
  const { name, version, url, dev = false, code, interfaces } = input
  if (!NAME.test(name)) throw invalidPayload('name', 'must be a name such as "telegram" or "handle/telegram"')
  if (semver.valid(version) !== version) throw invalidPayload('version', 'must be a version such as 1.2.3')
  if (url !== undefined && !dev) throw invalidPayload('url', 'is for development integrations: set dev')
  if (dev && !url) throw invalidPayload('url', 'is needed: it is where a development integration runs')
  if (code !== undefined) checkLimit(ctx, 'codeBytes', code.bytes.length)
  checkNoInterfaces(interfaces)
  iconColumns(ctx, input.icon)
  readmeColumns(ctx, input.readme)
  const definition = newDefinition(input)
  await checkIntegration(ctx, definition)
  const visibility = visibilityOf(input) ?? 'private'
  return { dev, visibility, isPublished: visibility !== 'private' && !dev, definition }
}

const NAME = /^([a-z0-9][a-z0-9_-]*\/)?[a-z][a-zA-Z0-9_-]*$/

/** What depends on what there is already. @throws AlreadyExists; InvalidPayload for somebody else's handle; LimitExceeded */
export const checkPlace = async (
  ctx: WorkspaceContext,
  tx: ReadingIntegrations,
  { name, version }: NewIntegration,
  { dev, isPublished }: CheckedCreation,
): Promise<void> => {
  const family = await integrationRepository.findFamily(ctx, tx, name)
  const known = family ? await integrationRepository.countVersions(tx, family.id) : 0
  // What has this name already keeps it, whatever the workspace is called by now.
  if (known === 0) await checkHandle(ctx, tx, name)
  if (isPublished && !family?.published) await checkNameIsFree(ctx, tx, name)
  if (dev) return
  if (family && (await integrationRepository.countVersions(tx, family.id, version)) > 0)
    throw alreadyExists(`Version ${version} of the integration "${name}" exists already`)
  checkLimit(ctx, 'integrationVersions', known + 1)
}

/** What stands before the slash is the handle of its workspace: nobody goes by somebody else's. */
const checkHandle = async (ctx: WorkspaceContext, tx: ReadingIntegrations, name: string): Promise<void> => {
  const [handle, rest] = name.split('/')
  if (rest === undefined) return
  const own = await integrationRepository.handleOf(ctx, tx)
  if (handle !== own)
    throw invalidPayload(
      'name',
      own === undefined
        ? 'begins with a handle, and this workspace has none yet'
        : `begins with a handle that is not this workspace's, which is "${own}"`,
    )
}
