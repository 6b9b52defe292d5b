import { conversationsOperations, messagesOperations, type Operation, statesOperations } from '@understudy/contract'
import {
  type BotContext,
  createMessage,
  getMessage,
  getOrCreateConversation,
  listConversations,
  listMessages,
  setState,
} from '@understudy/core'
import { type Sizes, seededId, seededIdSql, seededTags, seededTagsSql, TEXT } from './seed.ts'

/** Something the server does, so that three contenders can do it. */
export type Case = {
  id: string
  title: string
  operationId: string
  operation: Operation
  /** the request for the n-th object: parameters of the path, of the query, and the body */
  input: (n: number) => Record<string, unknown>
  /** sends the statement of the first request */
  run: (ctx: BotContext) => Promise<unknown>
  /** what of the input depends on n, as SQL over `:n` */
  varies: Record<string, string>
}

/** So many different requests a case has, where there are as many objects. */
const VARIETY = 3200
/** Writers in the one conversation everybody writes to. */
export const CONNECTIONS = 32

export const varietyOf = ({ conversations }: Sizes): number => Math.min(VARIETY, conversations)

const PAGE = 20
const one = 1

const message = (conversation: number, user: number) => ({
  conversationId: seededId('conv', conversation),
  userId: seededId('user', user),
  type: 'text',
  payload: { text: TEXT },
  tags: {},
})

const room = (n: number) => ({ channel: 'channel', tags: seededTags(n) })
const STATE = { type: 'conversation' as const, name: 'memory' }
const memory = (n: number) => ({ ...STATE, id: seededId('conv', n) })
const REMEMBERED = { payload: { text: TEXT, count: 1 } }

/** Writers are as many as connections, or as there are users. */
const writer = (sizes: Sizes, n: number): number => (n % Math.min(CONNECTIONS, sizes.conversations)) + 1

/** Every case, on data of these sizes. */
export const casesOn = (sizes: Sizes): Case[] => [
  {
    id: 'create-message',
    title: 'create message',
    operationId: 'createMessage',
    operation: messagesOperations.createMessage,
    input: (n) => message(n, n),
    run: (ctx) => createMessage(ctx, message(one, one)),
    varies: { conversationId: seededIdSql('conv', ':n'), userId: seededIdSql('user', ':n') },
  },
  {
    id: 'one-conversation',
    title: `${CONNECTIONS} writers on one conversation`,
    operationId: 'createMessage',
    operation: messagesOperations.createMessage,
    input: (n) => message(one, writer(sizes, n)),
    run: (ctx) => createMessage(ctx, message(one, writer(sizes, one))),
    varies: { userId: seededIdSql('user', `:n % ${Math.min(CONNECTIONS, sizes.conversations)} + 1`) },
  },
  {
    id: 'list-messages',
    title: `list ${PAGE} messages`,
    operationId: 'listMessages',
    operation: messagesOperations.listMessages,
    input: (n) => ({ conversationId: seededId('conv', n) }),
    run: (ctx) => listMessages(ctx, { conversationId: seededId('conv', one), pageSize: PAGE }),
    varies: { conversationId: seededIdSql('conv', ':n') },
  },
  {
    id: 'get-message',
    title: 'get message',
    operationId: 'getMessage',
    operation: messagesOperations.getMessage,
    input: (n) => ({ id: seededId('msg', n) }),
    run: (ctx) => getMessage(ctx, seededId('msg', one)),
    varies: { id: seededIdSql('msg', ':n') },
  },
  {
    id: 'get-or-create-conversation',
    title: 'get or create conversation, found',
    operationId: 'getOrCreateConversation',
    operation: conversationsOperations.getOrCreateConversation,
    input: room,
    run: (ctx) => getOrCreateConversation(ctx, room(one)),
    varies: { tags: seededTagsSql(':n') },
  },
  {
    id: 'set-state',
    title: 'set state',
    operationId: 'setState',
    operation: statesOperations.setState,
    input: (n) => ({ ...memory(n), ...REMEMBERED }),
    run: (ctx) => setState(ctx, memory(one), REMEMBERED),
    varies: { id: seededIdSql('conv', ':n') },
  },
  tagged('tag-unique', 'one of all', 'id', ':n'),
  tagged('tag-thousandth', 'one in 1000', 'team', ':n % 1000'),
  tagged('tag-tenth', 'one in 10', 'tier', ':n % 10'),
]

function tagged(id: string, selectivity: string, tag: 'id' | 'team' | 'tier', suffix: string): Case {
  const input = (n: number) => ({ tags: { [tag]: seededTags(n)[tag] } })
  const [word] = seededTags(one)[tag].split('-')
  const value = `'${word}-' || (${suffix})::text`
  return {
    id,
    title: `list conversations by a tag of ${selectivity}`,
    operationId: 'listConversations',
    operation: conversationsOperations.listConversations,
    input,
    run: (ctx) => listConversations(ctx, { ...input(one), pageSize: PAGE }),
    varies: { tags: `jsonb_build_object('${tag}', ${value})`, [`tags.${tag}`]: value },
  }
}
