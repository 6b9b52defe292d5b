import type { Implementation, IntegrationChanges } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import type { WorkspaceContext } from '../context.ts'
import { eachByName } from '../definitions/index.ts'
import { referenceNotFound } from '../errors.ts'
import { interfaceRepository } from '../interfaces/index.ts'

/**
 * How an integration is to implement interfaces, with what follows from their ids; null under an alias removes it.
 * @throws ReferenceNotFound for the first that is neither the workspace's own nor public
 */
export const implementationsIn = async (
  ctx: WorkspaceContext,
  tx: Pick<Transaction, 'interface' | '$queryRaw'>,
  given: IntegrationChanges['interfaces'],
): Promise<Record<string, Implementation | null>> => {
  const ids = Object.values(given ?? {}).flatMap((one) => one?.id ?? [])
  const rows = await interfaceRepository.holdImplementable(ctx, tx, ids)
  const known = new Map(rows.map((row) => [row.id, row]))
  return eachByName(given, ({ id, entities = {}, actions = {}, events = {}, channels = {} }, alias) => {
    const row = known.get(id)
    if (!row) throw referenceNotFound(`interfaces.${alias}.id`, id)
    return { id, name: row.family.name, version: row.version, entities, actions, events, channels }
  })
}
