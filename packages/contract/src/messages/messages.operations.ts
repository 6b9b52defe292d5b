import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { TagChanges, TagFilter } from '../common/tags.ts'
import { DateBound } from '../common/timestamps.ts'
import { Conversation } from '../conversations/index.ts'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { TagMatchMeta } from '../tags/index.ts'
import { User } from '../users/index.ts'
import { Message } from './message.schema.ts'
import { IncomingMessage, NewMessage, PastMessage, WantedMessage } from './message-requests.schema.ts'

const IMPORTED_MAX = 100

const MessageAnswer = z.object({ message: Message })

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
    body: WantedMessage,
    status: 200,
    response: MessageAnswer.extend({ meta: TagMatchMeta }),
  },
  initializeIncomingMessage: {
    method: 'POST',
    path: '/v1/chat/initialize-incoming-message',
    summary: 'Find or create a user, a conversation and what the one says in the other, all or none',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: IncomingMessage,
    status: 200,
    response: z.object({ user: User, conversation: Conversation, message: Message.optional() }),
  },
  importMessages: {
    method: 'POST',
    path: '/v1/chat/messages/import-messages',
    summary: 'Write messages of the past, or find them by their tags, all or none; nobody is woken',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: z.object({ messages: z.array(PastMessage).max(IMPORTED_MAX) }),
    status: 200,
    response: z.object({ messages: z.array(Message) }),
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
