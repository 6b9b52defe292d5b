import { statesOperations } from '@understudy/contract'
import { getOrSetState, getState, patchState, setState, setStateExpiry } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const statesRoutes = implement(statesOperations, {
  getState: async ({ params }, ctx) => ({ state: await getState(ctx, params), meta: { cached: false } }),
  setState: async ({ params, body }, ctx) => ({ state: await setState(ctx, params, body) }),
  getOrSetState: async ({ params, body }, ctx) => {
    const { state, cached } = await getOrSetState(ctx, params, body)
    return { state, meta: { cached } }
  },
  patchState: async ({ params, body }, ctx) => ({ state: await patchState(ctx, params, body) }),
  setStateExpiry: async ({ params, body }, ctx) => ({ state: await setStateExpiry(ctx, params, body.expiry) }),
})
