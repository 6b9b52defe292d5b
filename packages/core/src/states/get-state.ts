import type { State } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { toState } from './state.mapper.ts'
import { stateRepository } from './state.repository.ts'
import { type StateReference, stateKey } from './state-key.ts'

/** Reads a state; that counts as use. One that expired is not there any more. @throws ResourceNotFound; InvalidPayload */
export const getState = async (ctx: BotContext, reference: StateReference): Promise<State> => {
  const row = await stateRepository.get(ctx, stateKey(ctx, reference))
  if (!row) throw noStateFound(reference)
  return toState(ctx, row)
}

/** Old programs look for "No state found" in the text, others for "not found": it has both. */
export const noStateFound = ({ type, id, name }: StateReference): ApiError =>
  new ApiError('ResourceNotFound', `No state found: state "${name}" of ${type} "${id}" was not found`)
