import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { noStateFound } from './get-state.ts'
import { toState } from './state.mapper.ts'
import { stateRepository } from './state.repository.ts'
import { type StateReference, stateKey } from './state-key.ts'

/** @param expiry idle time in ms, null for never. @throws ResourceNotFound; InvalidPayload for an undeclared name */
export const setStateExpiry = async (
  ctx: BotContext,
  reference: StateReference,
  expiry: number | null,
): Promise<State> => {
  const row = await stateRepository.setExpiry(ctx, stateKey(ctx, reference), expiry)
  if (!row) throw noStateFound(reference)
  return toState(ctx, row)
}
