import { pingsOperations } from '@understudy/contract'
import { pingBot, pingIntegration } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const pingsRoutes = implement(pingsOperations, {
  pingBot: async ({ params }, ctx) => ({ ping: await pingBot(ctx, params.id) }),
  pingIntegration: async ({ params }, ctx) => ({ ping: await pingIntegration(ctx, params.id) }),
})
