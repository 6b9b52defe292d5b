import { eventsOperations } from '@understudy/contract'
import { cancelScheduledEvent, createEvent, getEvent, listEvents } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const eventsRoutes = implement(eventsOperations, {
  createEvent: async ({ body }, ctx) => ({ event: await createEvent(ctx, body) }),
  getEvent: async ({ params }, ctx) => ({ event: await getEvent(ctx, params.id) }),
  listEvents: ({ query }, ctx) => listEvents(ctx, query),
  cancelScheduledEvent: async ({ params }, ctx) => {
    await cancelScheduledEvent(ctx, params.id)
    return {}
  },
})
