import type { BotContext } from '../context.ts'
import { notFound, relationConflict } from '../errors.ts'
import { eventRepository } from './event.repository.ts'

/** Cancels an event whose time has not come. @throws ResourceNotFound; RelationConflict for one that is not waiting (any more) */
export const cancelScheduledEvent = async (ctx: BotContext, id: string): Promise<void> => {
  if (await eventRepository.cancel(ctx, id)) return
  const event = await eventRepository.find(ctx, id)
  if (!event) throw notFound('event', id)
  throw relationConflict(`Event "${id}" is ${event.status}: only a scheduled one can be canceled`)
}
