import { z } from 'zod'
import { PathId, ReferencedId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { NewTags, TagChanges, TagFilter, TextMap, TextMapChanges } from '../common/tags.ts'
import { DateBound, SortDirection, SortField } from '../common/timestamps.ts'
import { NamesParameter } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { TagMatch, TagMatchMeta } from '../tags/index.ts'
import { Conversation } from './conversation.schema.ts'

const NAME_MAX = 200

const ConversationAnswer = z.object({ conversation: Conversation })

const NewConversation = z.object({
  channel: z.string().max(NAME_MAX),
  tags: NewTags,
  integrationName: z
    .string()
    .max(NAME_MAX)
    .optional()
    .describe('For a bot: on whose channel. May be missing where only one installed integration has such a channel.'),
  properties: TextMap.optional(),
})

/** A conversation to be found by tags, or started. */
export const WantedConversation = NewConversation.extend({
  tags: TagChanges,
  properties: TextMapChanges.optional(),
  ...TagMatch.shape,
})

/** It arrives as text, and no text is no number. */
const MessageCountBound = z.preprocess((count) => (count === '' ? Number.NaN : Number(count)), z.number())

export const conversationsOperations = defineOperations({
  createConversation: {
    method: 'POST',
    path: '/v1/chat/conversations',
    summary: 'Start a conversation on a channel',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: NewConversation,
    callsOut: 'integrationName',
    status: 201,
    response: ConversationAnswer,
  },
  getConversation: {
    method: 'GET',
    path: '/v1/chat/conversations/:id',
    summary: 'Read one conversation',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: ConversationAnswer,
  },
  listConversations: {
    method: 'GET',
    path: '/v1/chat/conversations',
    summary: 'List conversations, newest first unless told otherwise',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    query: PageQuery.extend({
      tags: TagFilter.optional(),
      participantIds: NamesParameter.optional(),
      integrationName: z.string().optional(),
      channel: z.string().optional(),
      afterDate: DateBound.optional(),
      beforeDate: DateBound.optional(),
      minMessageCount: MessageCountBound.optional(),
      maxMessageCount: MessageCountBound.optional(),
      sortField: SortField.optional(),
      sortDirection: SortDirection.optional(),
    }),
    status: 200,
    response: z.object({ conversations: z.array(Conversation), meta: PageMeta }),
  },
  getOrCreateConversation: {
    method: 'POST',
    path: '/v1/chat/conversations/get-or-create',
    summary: 'Find the conversation with these tags on a channel, or start one',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: WantedConversation,
    callsOut: 'integrationName',
    status: 200,
    response: ConversationAnswer.extend({ meta: TagMatchMeta }),
  },
  updateConversation: {
    method: 'PUT',
    path: '/v1/chat/conversations/:id',
    summary: 'Change a conversation; what is not mentioned stays',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    body: z.object({
      tags: TagChanges.optional(),
      properties: TextMapChanges.optional(),
      currentTaskId: z.string().optional().describe('Deprecated: nothing uses it.'),
      participantIds: z.array(ReferencedId).optional().describe('Deprecated: sent by the oldest clients.'),
    }),
    status: 200,
    response: ConversationAnswer,
  },
  deleteConversation: {
    method: 'DELETE',
    path: '/v1/chat/conversations/:id',
    summary: 'Delete a conversation with its messages and answer what was deleted',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    status: 200,
    response: ConversationAnswer,
  },
})
