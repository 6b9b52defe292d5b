import type { Delivery, EventSource } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { follow } from '../doorbell/index.ts'
import { toDelivery } from './delivery.mapper.ts'
import { deliveryRecordRepository } from './delivery-record.repository.ts'
import type { DeliveryFilter } from './list-deliveries.ts'

/** Of more deliveries than these between two looks, and of what becomes of older ones, only the list tells. */
const LATEST = 500

/** The latest deliveries as something becomes of them, from now on. */
export const watchDeliveries = (ctx: BotContext, { conversationId, status }: DeliveryFilter): EventSource<Delivery> => {
  let known: Map<string, string> | undefined
  const look = async () => {
    const rows = await deliveryRecordRepository.latest(ctx, LATEST, conversationId)
    const seen = rows.map((row) => toDelivery(ctx, row)).toReversed()
    const before = known
    known = new Map(seen.map((delivery) => [delivery.id, saidOf(delivery)]))
    const isNews = (delivery: Delivery) => before !== undefined && before.get(delivery.id) !== saidOf(delivery)
    return { found: seen.filter((one) => isNews(one) && (status ?? one.status) === one.status), more: false }
  }
  return async function* (signal) {
    for await (const delivery of follow(ctx.doorbell, signal, look)) yield { data: delivery }
  }
}

const saidOf = ({ status, attempts, failures }: Delivery): string => `${status} ${attempts} ${failures}`
