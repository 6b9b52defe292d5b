import type { Event } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toEvent } from './event.mapper.ts'
import { eventRepository } from './event.repository.ts'

/** @throws ResourceNotFound */
export const getEvent = async (ctx: BotContext, id: string): Promise<Event> => {
  const row = await eventRepository.find(ctx, id)
  if (!row) throw notFound('event', id)
  return toEvent(ctx, row)
}
