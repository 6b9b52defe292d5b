import type { BotContext } from '../context.ts'
import { validateData } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import type { Expiry } from './state.repository.ts'
import type { StateKey } from './state-key.ts'

/** @throws InvalidDataFormat for a payload its schema refuses; LimitExceeded */
export const checkStatePayload = (ctx: BotContext, { declared }: StateKey, payload: object): void => {
  checkLimit(ctx, 'statePayloadBytes', jsonBytes(payload))
  validateData(declared.schema, payload, 'payload')
}

/** What the request says, else what the definition says for a new state. */
export const expiryOf = ({ declared }: StateKey, expiry: number | null | undefined): Expiry =>
  expiry === undefined ? { ms: declared.expiry ?? null, given: false } : { ms: expiry, given: true }
