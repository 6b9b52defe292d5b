import type { Delivery, EventSource } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { afterRings } from '../doorbell/index.ts'
import { toDelivery } from './delivery.mapper.ts'
import { deliveryRecordRepository } from './delivery-record.repository.ts'
import type { DeliveryFilter } from './list-deliveries.ts'

/** Of more deliveries than these between two looks, and of what becomes of older ones, only the list tells. */
const LATEST = 500

/** The latest deliveries as something becomes of them, from now on. */
export const watchDeliveries = (ctx: BotContext, { conversationId, status }: DeliveryFilter): EventSource<Delivery> =>
  async function* (signal) {
    const look = () => deliveryRecordRepository.latest(ctx, LATEST, conversationId)
    const said = (delivery: Delivery) => `${delivery.status} ${delivery.attempts} ${delivery.failures}`
    let known = new Map((await look()).map((row) => [row.id, said(toDelivery(ctx, row))]))
    for await (const _ring of afterRings(ctx.doorbell, signal)) {
      const seen = (await look()).map((row) => toDelivery(ctx, row)).toReversed()
      for (const delivery of seen)
        if (known.get(delivery.id) !== said(delivery) && (status === undefined || delivery.status === status))
          yield { data: delivery }
      known = new Map(seen.map((delivery) => [delivery.id, said(delivery)]))
    }
  }
