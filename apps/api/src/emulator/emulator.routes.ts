import { emulatorOperations } from '@understudy/contract'
import { createEmulatorMessage, listEmulatorMessages, streamEmulatorMessages } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const emulatorRoutes = implement(emulatorOperations, {
  createEmulatorMessage: ({ body }, ctx) => createEmulatorMessage(ctx, body),
  listEmulatorMessages: ({ params, query }, ctx) => listEmulatorMessages(ctx, params.id, query),
  // A browser that reconnects repeats the address it began with.
  streamEmulatorMessages: ({ params, headers, query }, ctx) =>
    streamEmulatorMessages(ctx, params.id, headers['last-event-id'] || query.after),
})
