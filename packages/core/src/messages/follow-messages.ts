import type { EventSource, Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { follow } from '../doorbell/index.ts'
import { invalidQuery } from '../errors.ts'
import { fromEventId, type Heard, hear, heardUpTo, horizonOf, NOTHING_HEARD, toEventId } from './heard.rules.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'

const MESSAGES_A_LOOK = 100

/**
 * Everything that is said in a conversation of the caller's, by whichever side and process, from the beginning and as it
 * comes: each message once. A scheduled one is said when it is due. The ids of the events are positions to go on from.
 * @param after the id of an event, or of a message: only what follows it
 * @throws InvalidQuery for an id that is neither
 */
export const followMessages = async (
  ctx: BotContext,
  conversationId: string,
  after: string | undefined,
): Promise<EventSource<Message>> => {
  const start = after === undefined ? NOTHING_HEARD : await positionOf(ctx, conversationId, after)
  return (signal) => {
    let heard = start
    return follow(ctx.doorbell, signal, async () => {
      const horizon = horizonOf(heard, ctx.clock.now())
      const rows = await messageRepository.said(ctx, conversationId, heard, { horizon, limit: MESSAGES_A_LOOK })
      const late = rows.filter((row) => row.late).length
      const next = hear(heard, rows, { horizon, lateIsAll: late < MESSAGES_A_LOOK })
      heard = next.heard
      return {
        found: next.said.map((one) => ({ id: toEventId(one.heard), data: toMessage(ctx, one.row) })),
        more: rows.length >= MESSAGES_A_LOOK,
      }
    })
  }
}

const positionOf = async (ctx: BotContext, conversationId: string, after: string): Promise<Heard> => {
  if (!after.startsWith('msg_')) return fromEventId(after)
  const message = await messageRepository.find(ctx, after)
  if (message?.conversation_id !== conversationId)
    throw invalidQuery('after', 'names no message of this conversation and no event of it')
  return heardUpTo(message)
}
