import type { Delivery, DeliveryAttempt } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { toAttempt, toDelivery } from './delivery.mapper.ts'
import { deliveryRecordRepository } from './delivery-record.repository.ts'

/** A delivery with its attempts, the first one first. @throws ResourceNotFound */
export const getDelivery = async (
  ctx: BotContext,
  id: string,
): Promise<{ delivery: Delivery; attempts: DeliveryAttempt[] }> => {
  const [row, attempts] = await Promise.all([
    deliveryRecordRepository.find(ctx, id),
    deliveryRecordRepository.attempts(ctx, id),
  ])
  if (!row) throw notFound('delivery', id)
  return { delivery: toDelivery(ctx, row), attempts: attempts.map(toAttempt) }
}
