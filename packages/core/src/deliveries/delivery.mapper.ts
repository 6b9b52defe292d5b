import type { Delivery, DeliveryAttempt } from '@understudy/contract'
import type { BotContext } from '../context.ts'

export type DeliveryRow = {
  id: string
  seq: string
  target: Delivery['target']
  type: string | null
  installation_id: string | null
  conversation_id: string | null
  status: Delivery['status']
  due_at: string
  attempts: number
  failures: number
  failure_reason: string | null
  created_at: string
  updated_at: string
}

export type AttemptRow = {
  number: number
  outcome: DeliveryAttempt['outcome']
  reason: string | null
  duration_ms: number
  request: DeliveryAttempt['request']
  response: DeliveryAttempt['response']
  started_at: string
}

export const toDelivery = (ctx: BotContext, row: DeliveryRow): Delivery => {
  const alias = ctx.bot.installations.find(({ id }) => id === row.installation_id)?.alias
  return {
    id: row.id,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    target: row.target,
    // What it is about may have been deleted.
    type: row.type ?? '',
    ...(alias === undefined ? {} : { integrationAlias: alias }),
    ...(row.conversation_id === null ? {} : { conversationId: row.conversation_id }),
    status: row.status,
    dueAt: row.due_at,
    attempts: row.attempts,
    failures: row.failures,
    failureReason: row.failure_reason,
  }
}

export const toAttempt = (row: AttemptRow): DeliveryAttempt => ({
  number: row.number,
  startedAt: row.started_at,
  durationMs: row.duration_ms,
  outcome: row.outcome,
  reason: row.reason,
  request: row.request,
  response: row.response,
})
