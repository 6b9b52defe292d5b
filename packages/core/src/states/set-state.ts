import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { toState } from './state.mapper.ts'
import { stateRepository } from './state.repository.ts'
import { type StateKey, type StateReference, stateKey } from './state-key.ts'
import { checkStatePayload, expiryOf } from './state-payload.ts'

export type StateValue = {
  /** null clears the state */
  payload: Record<string, unknown> | null
  /** idle time in ms, null for never; absent: as it was, or as declared */
  expiry?: number | null | undefined
}

/**
 * Replaces a state, or clears it. Clearing answers what was there with an empty payload, whether or not it was.
 * @throws ResourceNotFound for the owner; InvalidPayload for an undeclared name; InvalidDataFormat; LimitExceeded
 */
export const setState = async (
  ctx: BotContext,
  reference: StateReference,
  { payload, expiry }: StateValue,
): Promise<State> => {
  const key = stateKey(ctx, reference)
  if (payload === null) return clearState(ctx, key)
  checkStatePayload(ctx, key, payload)
  const row = await stateRepository.set(ctx, key, payload, expiryOf(key, expiry))
  if (!row) throw notFound(reference.type, reference.id)
  return toState(ctx, row)
}

const clearState = async (ctx: BotContext, key: StateKey): Promise<State> => {
  const row = await stateRepository.clear(ctx, key)
  const now = ctx.clock.now().toISOString()
  return toState(ctx, {
    id: row?.id ?? newId('state'),
    type: key.type,
    owner_id: key.ownerId,
    name: key.name,
    payload: {},
    expiry_ms: null,
    expires_at: null,
    created_at: row?.created_at ?? now,
    updated_at: now,
  })
}
