import type { Event } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { owedTo } from '../doorbell/index.ts'
import { invalidPayload, referenceNotFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { validateData } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import { dueTime, type Schedule } from '../schedules/index.ts'
import { toEvent } from './event.mapper.ts'
import { eventRepository } from './event.repository.ts'

export type NewEvent = {
  type: string
  payload: Record<string, unknown>
  schedule?: Schedule | undefined
  conversationId?: string | undefined
  userId?: string | undefined
  messageId?: string | undefined
  workflowId?: string | undefined
}

/**
 * Leaves an event for the bot, now or at its time. The caller says the bare type; the bot will see an integration's as
 * `<alias>:<type>`.
 * @throws InvalidPayload for a type nobody declared; InvalidDataFormat for a payload its schema refuses;
 *   LimitExceeded; ReferenceNotFound for what it names
 */
export const createEvent = async (ctx: BotContext, input: NewEvent): Promise<Event> => {
  const declared = (ctx.installation ?? ctx.bot).events
  const event = Object.hasOwn(declared, input.type) ? declared[input.type] : undefined
  if (!event)
    throw invalidPayload(
      'type',
      `"${input.type}" is not declared; declared are: ${Object.keys(declared).toSorted().join(', ') || 'none'}`,
    )
  checkLimit(ctx, 'eventPayloadBytes', jsonBytes(input.payload))
  validateData(event.schema, input.payload, 'payload')
  if (input.workflowId !== undefined) throw referenceNotFound('workflowId', input.workflowId)
  const scheduledAt = dueTime(input.schedule, ctx.clock.now())
  const { missing, ...row } = await eventRepository.insert(ctx, {
    id: newId('evt'),
    type: input.type,
    payload: input.payload,
    conversationId: input.conversationId,
    userId: input.userId,
    messageId: input.messageId,
    scheduledAt,
  })
  if (missing) throw referenceNotFound(missing, input[missing] ?? '')
  ctx.doorbell.ring(owedTo(ctx.bot.id, scheduledAt))
  return toEvent(ctx, row)
}
