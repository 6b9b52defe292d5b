import type { PageQuery, User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'
import { toUser, type UserRow } from '../users/index.ts'
import { getConversation } from './get-conversation.ts'

type ParticipantRow = UserRow & { joined_at: string; joined_seq: string }

/** Those who take part, the latest to join first. @throws ResourceNotFound for the conversation */
export const listParticipants = async (
  ctx: BotContext,
  conversationId: string,
  page: PageQuery,
): Promise<{ participants: User[]; meta: { nextToken?: string } }> => {
  await getConversation(ctx, conversationId)
  const { rows, meta } = await readPage<ParticipantRow>(ctx, page, {
    name: 'participants.list',
    from: fragment(
      `select u.*, p.created_at as joined_at, p.seq as joined_seq
      from participants p join users u on u.bot_id = p.bot_id and u.id = p.user_id`,
    ),
    where: [fragment('p.bot_id = {}::uuid and p.conversation_id = {}', ctx.bot.id, conversationId)],
    sortBy: 'p.created_at',
    seq: 'p.seq',
    direction: 'desc',
    positionOf: (row: ParticipantRow) => ({ value: row.joined_at, seq: row.joined_seq }),
    frozen: [ctx.bot.id, conversationId],
  })
  return { participants: rows.map((row) => toUser(ctx, row)), meta }
}
