import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { placed, within } from '../errors.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'
import { refused, type WantedMessage, wantedMessage } from './new-message.ts'

export type PastMessage = Omit<WantedMessage, 'schedule' | 'origin'> & { createdAt: Date }

/**
 * Writes messages of the past, each at its time: all or none, in one round trip. One that is there already, by its tags as
 * for getOrCreateMessage, is answered untouched. What the bot itself wrote is outgoing, the rest incoming; all of it is
 * counted, the authors take part, and nobody is woken.
 * @returns the messages in the order of the list
 * @throws as createMessage, naming the place in the list
 */
export const importMessages = async (ctx: BotContext, messages: readonly PastMessage[]): Promise<Message[]> => {
  const wanted = messages.map(({ createdAt, ...message }, index) => ({
    ...within(`messages.${index}`, () => wantedMessage(ctx, message)),
    createdAt,
  }))
  const rows = await messageRepository.import(ctx, wanted)
  return rows.map(({ place, refusal, ...row }) => {
    const message = messages[place - 1]
    if (refusal && message) throw placed(`messages.${place - 1}`, refused(ctx, refusal, message))
    return toMessage(ctx, row)
  })
}
