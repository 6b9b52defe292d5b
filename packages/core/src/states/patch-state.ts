import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { noStateFound } from './get-state.ts'
import { toState } from './state.mapper.ts'
import { stateRepository } from './state.repository.ts'
import { type StateReference, stateKey } from './state-key.ts'
import { checkStatePayload, expiryOf } from './state-payload.ts'

/**
 * Merges the top level of a state; null is a value like any other. Writers at the same time do not lose each other's keys,
 * and a result the schema refuses is not kept.
 * @throws ResourceNotFound; InvalidPayload for an undeclared name; InvalidDataFormat; LimitExceeded
 */
export const patchState = (
  ctx: BotContext,
  reference: StateReference,
  { payload, expiry }: { payload: Record<string, unknown>; expiry?: number | null | undefined },
): Promise<State> => {
  const key = stateKey(ctx, reference)
  return ctx.db.atomically(async (rows) => {
    const row = await stateRepository.patch(rows, ctx, key, payload, expiryOf(key, expiry))
    if (!row) throw noStateFound(reference)
    checkStatePayload(ctx, key, row.payload)
    return toState(ctx, row)
  })
}
