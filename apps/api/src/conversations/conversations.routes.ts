import { conversationsOperations } from '@understudy/contract'
import {
  createConversation,
  deleteConversation,
  getConversation,
  getOrCreateConversation,
  listConversations,
  updateConversation,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const conversationsRoutes = implement(conversationsOperations, {
  createConversation: async ({ body }, ctx) => ({ conversation: await createConversation(ctx, body) }),
  getConversation: async ({ params }, ctx) => ({ conversation: await getConversation(ctx, params.id) }),
  listConversations: ({ query }, ctx) => listConversations(ctx, query),
  getOrCreateConversation: async ({ body }, ctx) => {
    const { conversation, created } = await getOrCreateConversation(ctx, body)
    return { conversation, meta: { created } }
  },
  updateConversation: async ({ params, body }, ctx) => ({
    conversation: await updateConversation(ctx, params.id, body),
  }),
  deleteConversation: async ({ params }, ctx) => ({ conversation: await deleteConversation(ctx, params.id) }),
})
