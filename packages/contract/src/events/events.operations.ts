import { z } from 'zod'
import { PathId, ReferencedId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { Schedule } from '../common/schedule.ts'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { Event, EventStatus } from './event.schema.ts'

const TYPE_MAX = 200

const EventAnswer = z.object({ event: Event })

export const eventsOperations = defineOperations({
  createEvent: {
    method: 'POST',
    path: '/v1/chat/events',
    summary: 'Leave an event for the bot, now or at a time',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: z.object({
      type: z.string().max(TYPE_MAX),
      payload: JsonObject,
      schedule: Schedule.optional(),
      conversationId: ReferencedId.optional(),
      userId: ReferencedId.optional(),
      messageId: ReferencedId.optional(),
      workflowId: ReferencedId.optional(),
    }),
    status: 201,
    response: EventAnswer,
  },
  getEvent: {
    method: 'GET',
    path: '/v1/chat/events/:id',
    summary: 'Read one event',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: EventAnswer,
  },
  listEvents: {
    method: 'GET',
    path: '/v1/chat/events',
    summary: 'List events, newest first',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    query: PageQuery.extend({
      type: z.string().optional(),
      conversationId: z.string().optional(),
      userId: z.string().optional(),
      messageId: z.string().optional(),
      workflowId: z.string().optional(),
      status: EventStatus.optional(),
    }),
    status: 200,
    response: z.object({ events: z.array(Event), meta: PageMeta }),
  },
  cancelScheduledEvent: {
    method: 'DELETE',
    path: '/v1/chat/events/scheduled/:id',
    summary: 'Cancel an event whose time has not come',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
