import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import type { ConversationDraft, ConversationRow } from '../conversations/index.ts'
import { withIsoTimes } from '../json-row.ts'
import type { UserDraft, UserRow } from '../users/index.ts'
import type { MessageRow } from './message.mapper.ts'
import { type MessageDraft, type Refusal, type Wanted, wanted } from './message.repository.ts'

/** Something there already, by its id, or what it is to be got or created from. */
export type KnownOr<Draft> = { known: string } | Wanted<Draft>

export type IncomingDraft = {
  user: KnownOr<UserDraft>
  conversation: KnownOr<ConversationDraft>
  message: Wanted<MessageDraft> | undefined
}

/** The three rows, or what stood in the way; then none was made. */
export type Initialized =
  | { refusal: Refusal }
  | { refusal: null; user: UserRow; conversation: ConversationRow; message: MessageRow | undefined }

type Row = { refusal: Refusal | null; user: UserRow; conversation: ConversationRow; message: MessageRow | null }

const INITIALIZE: Statement = {
  name: 'messages.initialize-incoming',
  text: `
    select i.refusal, to_json(i.person) as "user", to_json(i.home) as conversation,
      case when (i.said).id is not null then to_json(i.said) end as message
    from initialize_incoming_message($1, $2, $3, $4, $5, $6) i`,
}

const told = <Draft extends object>(one: KnownOr<Draft>): string => JSON.stringify('known' in one ? one : wanted(one))

/** Rows of `users`, `conversations` and `messages` that come to be together. */
export const incomingMessageRepository = {
  initialize: async (ctx: BotContext, { user, conversation, message }: IncomingDraft): Promise<Initialized> => {
    const row = await ctx.db.one<Row>(INITIALIZE, [
      ...[ctx.bot.id, ctx.installation?.id ?? null],
      ...[told(user), told(conversation), message ? told(message) : null, ctx.clock.now()],
    ])
    if (row.refusal) return { refusal: row.refusal }
    return {
      refusal: null,
      user: withIsoTimes(row.user),
      conversation: withIsoTimes(row.conversation),
      message: row.message ? withIsoTimes(row.message) : undefined,
    }
  },
}
