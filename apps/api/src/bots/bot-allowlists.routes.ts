import { botAllowlistsOperations } from '@understudy/contract'
import { getBotAllowlist, updateBotAllowlist } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const botAllowlistsRoutes = implement(botAllowlistsOperations, {
  getBotAllowlist: ({ params }, ctx) => getBotAllowlist(ctx, params.botId),
  updateBotAllowlist: async ({ params, body }, ctx) => {
    await updateBotAllowlist(ctx, params.botId, body)
    return {}
  },
})
