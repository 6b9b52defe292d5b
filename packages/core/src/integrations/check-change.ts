import { isDeepStrictEqual } from 'node:util'
import type { IntegrationChanges, Visibility } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { mergeByName } from '../definitions/index.ts'
import { breakingChanges, invalidPayload } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import { iconColumns, readmeColumns } from '../publications/index.ts'
import { checkIntegration } from './check-integration.ts'
import { checkNameIsFree } from './check-name-is-free.ts'
import { implementationsIn } from './implementations-in.ts'
import type { IntegrationRow } from './integration.mapper.ts'
import { integrationRepository, type ReadingIntegrations } from './integration.repository.ts'
import { changedDefinition, declaredIn, type StoredDefinition } from './integration-definition.rules.ts'
import { visibilityOf } from './visibility.rules.ts'

/** What follows from a change. */
export type CheckedChange = { definition: StoredDefinition; visibility: Visibility; isPublished: boolean }

/**
 * Everything about a change, before it is made. @throws InvalidPayload, InvalidJsonSchema, InvalidIdentifier, ReferenceNotFound,
 * LimitExceeded; BreakingChanges; AlreadyExists for a name that another workspace has published
 */
export const checkChange = async (
  ctx: WorkspaceContext,
  tx: ReadingIntegrations,
  row: IntegrationRow,
  changes: IntegrationChanges,
): Promise<CheckedChange> => {
  checkProperties(ctx, row, changes)
  const known = row.definition as unknown as StoredDefinition
  const implementations = await implementationsIn(ctx, tx, changes.interfaces)
  const definition = {
    ...changedDefinition(known, changes),
    interfaces: mergeByName(known.interfaces, implementations),
  }
  await checkIntegration(ctx, definition)
  const visibility = visibilityOf(changes) ?? (row.visibility as Visibility)
  const isPublished = visibility !== 'private' && !row.dev
  const wasPublished = row.visibility !== 'private' && !row.dev
  if (isPublished && !wasPublished) await checkNameIsFree(ctx, tx, row.family.name)
  if (wasPublished && !isPublished) await checkUnused(ctx, tx, row)
  if (wasPublished && isPublished) checkFrozen(row, known, definition)
  return { definition, visibility, isPublished }
}

const MAX_EXECUTION_S = 3600

const checkProperties = (ctx: WorkspaceContext, row: IntegrationRow, changes: IntegrationChanges): void => {
  if (changes.url && !row.dev) throw invalidPayload('url', 'is for development integrations')
  if (changes.code !== undefined) checkLimit(ctx, 'codeBytes', changes.code.bytes.length)
  const { maxExecutionTime: seconds } = changes
  if (seconds !== undefined && (seconds < 1 || seconds > MAX_EXECUTION_S))
    throw invalidPayload('maxExecutionTime', `must be between 1 and ${MAX_EXECUTION_S} seconds`)
  iconColumns(ctx, changes.icon)
  readmeColumns(ctx, changes.readme)
}

/** Bots of other workspaces count on what a published version declares: how it is done and described may change, not that. */
const checkFrozen = (row: IntegrationRow, before: StoredDefinition, after: StoredDefinition): void => {
  if (!isDeepStrictEqual(plain(declaredIn(before)), plain(declaredIn(after))))
    throw breakingChanges(
      `Version ${row.version} of "${row.family.name}" is ${row.visibility}: publish a new version instead`,
    )
}

/** Those that have it would have what they may not see. @throws BreakingChanges */
const checkUnused = async (ctx: WorkspaceContext, tx: ReadingIntegrations, row: IntegrationRow): Promise<void> => {
  if ((await integrationRepository.countInstallations(tx, row.id, ctx)) > 0)
    throw breakingChanges(
      `Version ${row.version} of "${row.family.name}" cannot become private: bots of other workspaces have it`,
    )
}

/** As it is stored: what is undefined is not there. */
const plain = (definition: object): unknown => JSON.parse(JSON.stringify(definition))
