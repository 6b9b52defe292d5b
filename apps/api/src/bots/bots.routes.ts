import { botsOperations } from '@understudy/contract'
import {
  createBot,
  deleteBot,
  getBot,
  getBotWebchat,
  type KeyedBy,
  listBots,
  transferBot,
  updateBot,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

/** Clients that can install an integration twice say so, and get their installations by alias. */
const keyedBy = (headers: { 'x-multiple-integrations'?: boolean | undefined }): KeyedBy =>
  headers['x-multiple-integrations'] ? 'alias' : 'id'

export const botsRoutes = implement(botsOperations, {
  createBot: async ({ headers, body }, ctx) => ({ bot: await createBot(ctx, body, keyedBy(headers)) }),
  getBot: async ({ headers, params }, ctx) => ({ bot: await getBot(ctx, params.id, keyedBy(headers)) }),
  listBots: ({ query }, ctx) => listBots(ctx, query),
  updateBot: async ({ headers, params, body }, ctx) => ({
    bot: await updateBot(ctx, params.id, body, keyedBy(headers)),
  }),
  deleteBot: async ({ params }, ctx) => {
    await deleteBot(ctx, params.id)
    return {}
  },
  transferBot: async ({ params, body }, ctx) => {
    await transferBot(ctx, params.id, body.targetWorkspaceId)
    return {}
  },
  getBotWebchat: async ({ params, query }, ctx) => ({ code: await getBotWebchat(ctx, params.id, query.type) }),
})
