import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'

/** @throws ResourceNotFound */
export const getMessage = async (ctx: BotContext, id: string): Promise<Message> => {
  const row = await messageRepository.find(ctx, id)
  if (!row) throw notFound('message', id)
  return toMessage(ctx, row)
}
