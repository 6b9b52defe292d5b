import { z } from 'zod'
import { PageMeta, PageQuery } from '../common/page.ts'
import { TagValue } from '../common/tags.ts'
import { Conversation } from '../conversations/index.ts'
import { JsonObject } from '../definitions/index.ts'
import { Message, MessageType } from '../messages/index.ts'
import { defineOperations } from '../operation.ts'
import { User } from '../users/index.ts'

/** An own name, which becomes the tag `id`; or the id of something that is there. */
const NameOrId = TagValue.min(1)

const NewEmulatorMessage = z
  .object({
    userId: NameOrId.optional().describe('Who says it: a name of your own, or the id of a user.'),
    conversationId: NameOrId.optional().describe(
      'Where: a name of your own, or the id of a conversation. Without it, the conversation named after the user.',
    ),
    type: MessageType.default('text'),
    payload: JsonObject.optional(),
    text: z.string().optional().describe('Short for the payload `{ "text": … }`.'),
  })
  .refine(({ payload, text }) => (payload === undefined) !== (text === undefined), {
    path: ['text'],
    error: 'one of text and payload is needed, and not both',
  })

const EmulatorPath = z.object({ botId: z.string() })
const EmulatorConversationPath = EmulatorPath.extend({
  id: z.string().describe('Its own name, or its id.'),
})

/** Talking to a bot without any channel of its own. */
export const emulatorOperations = defineOperations({
  createEmulatorMessage: {
    method: 'POST',
    path: '/_understudy/emulator/:botId/messages',
    summary: 'Say something to the bot as any user; user and conversation are made when they are new',
    tenant: 'bot',
    access: { callers: ['bot', 'emulator', 'account:developer'] },
    params: EmulatorPath,
    body: NewEmulatorMessage,
    status: 201,
    response: z.object({ message: Message, user: User, conversation: Conversation }),
  },
  listEmulatorMessages: {
    method: 'GET',
    path: '/_understudy/emulator/:botId/conversations/:id/messages',
    summary: 'List what was said in a conversation, newest first',
    tenant: 'bot',
    access: { callers: ['bot', 'emulator', 'account:developer'] },
    params: EmulatorConversationPath,
    query: PageQuery,
    status: 200,
    response: z.object({ messages: z.array(Message), meta: PageMeta }),
  },
  streamEmulatorMessages: {
    method: 'GET',
    path: '/_understudy/emulator/:botId/conversations/:id/stream',
    summary: 'Everything that is said in a conversation by either side, from the beginning and as it comes',
    tenant: 'bot',
    access: { callers: ['bot', 'emulator', 'account:developer'] },
    params: EmulatorConversationPath,
    headers: z.object({ 'last-event-id': z.string().optional() }),
    query: z.object({
      after: z.string().optional().describe('Only what follows this message or this event, by its id.'),
    }),
    status: 200,
    response: z.object({ message: Message }),
    stream: true,
  },
})
