import type { Delivery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { relationConflict } from '../errors.ts'
import { deliveryRecordRepository } from './delivery-record.repository.ts'
import { getDelivery } from './get-delivery.ts'

/** Delivers once more, under the same id and with attempts of its own. @throws ResourceNotFound; RelationConflict for one that is not over */
export const redeliver = async (ctx: BotContext, id: string): Promise<Delivery> => {
  const queued = await deliveryRecordRepository.queueAgain(ctx, id)
  const { delivery } = await getDelivery(ctx, id)
  if (!queued) throw relationConflict(`Delivery "${id}" is ${delivery.status}: only one that is over can be repeated`)
  ctx.doorbell.ring([ctx.bot.id])
  return delivery
}
