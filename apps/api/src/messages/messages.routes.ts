import { messagesOperations } from '@understudy/contract'
import {
  createMessage,
  deleteMessage,
  getMessage,
  getOrCreateMessage,
  importMessages,
  initializeIncomingMessage,
  listMessages,
  updateMessage,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const messagesRoutes = implement(messagesOperations, {
  createMessage: async ({ body }, ctx) => ({ message: await createMessage(ctx, body) }),
  getOrCreateMessage: async ({ body }, ctx) => {
    const { message, created } = await getOrCreateMessage(ctx, body)
    return { message, meta: { created } }
  },
  initializeIncomingMessage: ({ body }, ctx) => initializeIncomingMessage(ctx, body),
  importMessages: async ({ body }, ctx) => ({ messages: await importMessages(ctx, body.messages) }),
  getMessage: async ({ params }, ctx) => ({ message: await getMessage(ctx, params.id) }),
  updateMessage: async ({ params, body }, ctx) => ({ message: await updateMessage(ctx, params.id, body) }),
  listMessages: ({ query }, ctx) => listMessages(ctx, query),
  deleteMessage: async ({ params }, ctx) => ({ message: await deleteMessage(ctx, params.id) }),
})
