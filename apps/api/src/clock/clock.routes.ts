import { clockOperations } from '@understudy/contract'
import { advanceClock, freezeClock, getClock, resumeClock } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const clockRoutes = implement(clockOperations, {
  getClock: (_input, ctx) => getClock(ctx),
  freezeClock: ({ body }, ctx) => freezeClock(ctx, body),
  advanceClock: ({ body }, ctx) => advanceClock(ctx, body),
  resumeClock: ({ body }, ctx) => resumeClock(ctx, body),
})
