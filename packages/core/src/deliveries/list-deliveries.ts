import type { Delivery, DeliveryStatus, PageQuery } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'
import { type DeliveryRow, toDelivery } from './delivery.mapper.ts'
import { DELIVERY_SOURCE, STATUS_CONDITIONS } from './delivery-record.repository.ts'

export type DeliveryFilter = { conversationId?: string | undefined; status?: DeliveryStatus | undefined }

/** The bot's deliveries, newest first. @throws InvalidQuery for a token of another list */
export const listDeliveries = async (
  ctx: BotContext,
  { nextToken, pageSize, ...filter }: PageQuery & DeliveryFilter,
): Promise<{ deliveries: Delivery[]; meta: { nextToken?: string } }> => {
  const { conversationId, status } = filter
  const { rows, meta } = await readPage<DeliveryRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'deliveries.list',
      from: fragment(DELIVERY_SOURCE),
      where: [
        fragment('d.bot_id = {}::uuid', ctx.bot.id),
        ...(conversationId === undefined ? [] : [fragment('d.conversation_id = {}', conversationId)]),
        ...(status === undefined ? [] : [fragment(STATUS_CONDITIONS[status])]),
      ],
      sortBy: 'd.created_at',
      seq: 'd.seq',
      direction: 'desc',
      positionOf: (row: DeliveryRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: [ctx.bot.id, filter],
    },
  )
  return { deliveries: rows.map((row) => toDelivery(ctx, row)), meta }
}
