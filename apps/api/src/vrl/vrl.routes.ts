import { vrlOperations } from '@understudy/contract'
import { runVrl } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const vrlRoutes = implement(vrlOperations, {
  runVrl: ({ body }, ctx) => runVrl(ctx, body),
})
