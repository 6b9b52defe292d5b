import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'

/** Deletes a message; its conversation counts one less. Answers what was deleted. @throws ResourceNotFound */
export const deleteMessage = async (ctx: BotContext, id: string): Promise<Message> => {
  const row = await messageRepository.delete(ctx, id)
  if (!row) throw notFound('message', id)
  return toMessage(ctx, row)
}
