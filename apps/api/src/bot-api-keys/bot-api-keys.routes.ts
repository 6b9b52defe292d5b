import { botApiKeysOperations } from '@understudy/contract'
import { createBotApiKey, deleteBotApiKey, listBotApiKeys } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const botApiKeysRoutes = implement(botApiKeysOperations, {
  listBotApiKeys: async ({ query }, ctx) => ({ baks: await listBotApiKeys(ctx, query.botId) }),
  createBotApiKey: ({ body }, ctx) => createBotApiKey(ctx, body),
  deleteBotApiKey: async ({ params }, ctx) => {
    await deleteBotApiKey(ctx, params.id)
    return {}
  },
})
