import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { Delivery, DeliveryAttempt, DeliveryStatus } from './delivery.schema.ts'

const DeliveryFilter = z.object({ conversationId: z.string().optional(), status: DeliveryStatus.optional() })

/** Our own: to see what became of what was owed to bots and integrations. */
export const deliveriesOperations = defineOperations({
  listDeliveries: {
    method: 'GET',
    path: '/_understudy/deliveries',
    summary: 'List the deliveries of a bot, newest first',
    tenant: 'bot',
    access: { callers: ['bot', 'account:viewer'] },
    query: PageQuery.extend(DeliveryFilter.shape),
    status: 200,
    response: z.object({ deliveries: z.array(Delivery), meta: PageMeta }),
  },
  getDelivery: {
    method: 'GET',
    path: '/_understudy/deliveries/:id',
    summary: 'Read one delivery with all its attempts',
    tenant: 'bot',
    access: { callers: ['bot', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: z.object({ delivery: Delivery, attempts: z.array(DeliveryAttempt) }),
  },
  redeliver: {
    method: 'POST',
    path: '/_understudy/deliveries/:id/redeliver',
    summary: 'Deliver once more what was delivered, failed or ignored',
    tenant: 'bot',
    access: { callers: ['bot', 'account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({ delivery: Delivery }),
  },
  streamDeliveries: {
    method: 'GET',
    path: '/_understudy/deliveries/stream',
    summary: 'Watch the latest deliveries of a bot: each is sent whenever something has become of it',
    tenant: 'bot',
    access: { callers: ['bot', 'account:viewer'] },
    query: DeliveryFilter,
    status: 200,
    response: Delivery,
    stream: true,
  },
})
