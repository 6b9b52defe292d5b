import { z } from 'zod'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { State, StateType } from './state.schema.ts'

const EXPIRY_MAX_MS = 2_592_000_000

const StatePath = z.object({ type: StateType, id: z.string(), name: z.string() })
const StateAnswer = z.object({ state: State })
const CachedStateAnswer = StateAnswer.extend({ meta: z.object({ cached: z.boolean() }) })

/** Idle time in milliseconds, kept whole; null: never forgotten. */
const Expiry = z.number().min(1).max(EXPIRY_MAX_MS).overwrite(Math.trunc).nullable()

const NewState = z.object({ payload: JsonObject, expiry: Expiry.optional() })

export const statesOperations = defineOperations({
  getState: {
    method: 'GET',
    path: '/v1/chat/states/:type/:id/:name',
    summary: 'Read a state',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: StatePath,
    status: 200,
    response: CachedStateAnswer,
  },
  setState: {
    method: 'POST',
    path: '/v1/chat/states/:type/:id/:name',
    summary: 'Replace a state; null forgets it',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: StatePath,
    body: NewState.extend({ payload: JsonObject.nullable() }),
    status: 200,
    response: StateAnswer,
  },
  getOrSetState: {
    method: 'POST',
    path: '/v1/chat/states/:type/:id/:name/get-or-set',
    summary: 'Read a state, or set it if there is none',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: StatePath,
    body: NewState,
    status: 200,
    response: CachedStateAnswer,
  },
  patchState: {
    method: 'PATCH',
    path: '/v1/chat/states/:type/:id/:name',
    summary: 'Merge into the top level of a state',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: StatePath,
    body: NewState,
    status: 200,
    response: StateAnswer,
  },
  setStateExpiry: {
    method: 'POST',
    path: '/v1/chat/states/:type/:id/:name/expiry',
    summary: 'Say how long a state may lie idle',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: StatePath,
    body: z.object({ expiry: Expiry }),
    status: 200,
    response: StateAnswer,
  },
})
