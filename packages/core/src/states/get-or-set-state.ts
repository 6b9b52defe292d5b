import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toState } from './state.mapper.ts'
import { stateRepository } from './state.repository.ts'
import { type StateReference, stateKey } from './state-key.ts'
import { checkStatePayload, expiryOf } from './state-payload.ts'

/**
 * The state as it is (`cached`), or, if there is none, set to the payload. Callers that ask at the same time agree.
 * @throws ResourceNotFound for the owner; InvalidPayload for an undeclared name; InvalidDataFormat; LimitExceeded
 */
export const getOrSetState = async (
  ctx: BotContext,
  reference: StateReference,
  { payload, expiry }: { payload: Record<string, unknown>; expiry?: number | null | undefined },
): Promise<{ state: State; cached: boolean }> => {
  const key = stateKey(ctx, reference)
  checkStatePayload(ctx, key, payload)
  const found = await stateRepository.getOrSet(ctx, key, payload, expiryOf(key, expiry))
  if (!found) throw notFound(reference.type, reference.id)
  return { state: toState(ctx, found.row), cached: found.cached }
}
