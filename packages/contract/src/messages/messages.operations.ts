import { z } from 'zod'
import { PathId, ReferencedId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { Schedule } from '../common/schedule.ts'
import { NewTags, TagChanges, TagFilter } from '../common/tags.ts'
import { DateBound } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { TagMatch, TagMatchMeta } from '../tags/index.ts'
import { Message, MessageOrigin } from './message.schema.ts'

const TYPE_MAX = 200

const MessageAnswer = z.object({ message: Message })

const NewMessage = z.object({
  conversationId: ReferencedId,
  userId: ReferencedId,
  type: z.string().max(TYPE_MAX),
  payload: JsonObject,
  tags: NewTags,
  schedule: Schedule.optional(),
  origin: MessageOrigin.optional(),
})

export const messagesOperations = defineOperations({
  createMessage: {
    method: 'POST',
    path: '/v1/chat/messages',
    summary: 'Say something in a conversation',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: NewMessage,
    status: 201,
    response: MessageAnswer,
  },
  getOrCreateMessage: {
    method: 'POST',
    path: '/v1/chat/messages/get-or-create',
    summary: 'Find the message with these tags in a conversation, or create one',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: NewMessage.extend({
      payload: JsonObject.optional(),
      tags: TagChanges,
      ...TagMatch.shape,
    }),
    status: 200,
    response: MessageAnswer.extend({ meta: TagMatchMeta }),
  },
  getMessage: {
    method: 'GET',
    path: '/v1/chat/messages/:id',
    summary: 'Read one message',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: MessageAnswer,
  },
  updateMessage: {
    method: 'PUT',
    path: '/v1/chat/messages/:id',
    summary: 'Change tags or payload of a message; nobody is woken',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    body: z.object({ tags: TagChanges.optional(), payload: JsonObject.optional() }),
    status: 200,
    response: MessageAnswer,
  },
  listMessages: {
    method: 'GET',
    path: '/v1/chat/messages',
    summary: 'List messages, newest first',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    query: PageQuery.extend({
      conversationId: z.string().optional(),
      tags: TagFilter.optional(),
      afterDate: DateBound.optional(),
      beforeDate: DateBound.optional(),
    }),
    status: 200,
    response: z.object({ messages: z.array(Message), meta: PageMeta }),
  },
  deleteMessage: {
    method: 'DELETE',
    path: '/v1/chat/messages/:id',
    summary: 'Delete a message and answer what was deleted',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    status: 200,
    response: MessageAnswer,
  },
})
