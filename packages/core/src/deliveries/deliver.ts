import { CallFailure, type Runtime } from '@understudy/runtime'
import type { Callees } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { recordOfAnswer, recordOfRequest } from './attempt-record.rules.ts'
import type { BegunRow, Verdict } from './delivery.repository.ts'
import { failureOf } from './delivery-failure.rules.ts'
import { backOffMs, type Outcome, outcomeOfAnswer, outcomeOfFailure } from './delivery-outcome.rules.ts'
import { type DeliveryRequest, deliveryRequest } from './delivery-request.ts'
import type { Runs } from './runs.ts'

/** What delivering stands on, beside the platform. */
export type DeliveryContext = PlatformContext & {
  runtime: Runtime
  runs: Runs
  callees: (botId: string) => Promise<Callees | undefined>
  /** aborted when the process has to end: what runs is handed back */
  ending: AbortSignal
}

/**
 * Delivers what is owed to one receiver of one conversation, in this order: each goes out as soon as the one before it is
 * answered, or under way for a moment, and they end as they may. At least once: what was not settled is begun again by whoever claims it next.
 * @param ids of deliveries; those that run already, or are settled, are left alone
 */
export const deliver = async (
  ctx: DeliveryContext,
  { botId, ids }: { botId: string; ids: readonly string[] },
): Promise<void> => {
  const begun = await Promise.all(ids.map((id) => ctx.runs.begin({ botId, id })))
  const attempts: Promise<void>[] = []
  for (const row of begun) {
    if (!row) continue
    await new Promise<void>((free) => {
      const onSent = (): void => void ctx.runs.underWay(row).then(free)
      const attempt = attemptAt(ctx, row, { onSent, onAnswered: free })
      attempts.push(attempt.catch((error: unknown) => confess(ctx, row, error)).finally(free))
    })
  }
  await Promise.all(attempts)
}

const attemptAt = async (
  ctx: DeliveryContext,
  row: BegunRow,
  { onSent, onAnswered }: { onSent: () => void; onAnswered: () => void },
): Promise<void> => {
  const callees = await ctx.callees(row.bot_id)
  // With its bot the row is gone as well: settling finds nothing.
  const request = callees ? deliveryRequest(ctx, callees, row) : { ignored: 'The bot was deleted.' }
  if ('ignored' in request) {
    const { ignored: reason } = request
    const failure =
      'runsNowhere' in request ? failureOf(row, callees, { kind: 'no-url' }, reason, ctx.clock.now()) : undefined
    count(ctx, row, 'ignored')
    return ctx.runs.settle({ ...settled(row), status: 'ignored', reason, failure })
  }
  if ('atHome' in request) {
    count(ctx, row, 'delivered')
    return ctx.runs.settle({ ...settled(row), status: 'delivered' })
  }

  const startedAt = ctx.clock.now()
  const begunAt = performance.now()
  const { answer, outcome } = await call(ctx, row, request, onSent)
  onAnswered()
  const durationMs = performance.now() - begunAt
  const end = consequence(ctx, row, outcome)
  count(ctx, row, outcome.kind === 'again' && end.status === 'failed' ? 'failed' : outcome.kind, durationMs)
  await ctx.runs.settle({
    ...settled(row),
    ...end,
    failure: toldOf(ctx, row, end.status, outcome, callees),
    number: row.attempts,
    outcome: outcome.kind === 'again' ? 'failed' : outcome.kind,
    http_status: answer?.status ?? null,
    duration_ms: Math.round(durationMs),
    started_at: startedAt,
    request: recordOfRequest(request),
    response: answer ? recordOfAnswer(answer) : null,
  })
}

/** A mistake of ours must neither lose a delivery nor keep it running for ever. @throws the error, once that is settled */
const confess = async (ctx: DeliveryContext, row: BegunRow, error: unknown): Promise<never> => {
  const outcome = { kind: 'again', reason: 'Something went wrong on our side.', fault: { kind: 'internal' } } as const
  const end = consequence(ctx, row, outcome)
  count(ctx, row, end.status === 'failed' ? 'failed' : outcome.kind)
  await ctx.runs.settle({ ...settled(row), ...end, failure: toldOf(ctx, row, end.status, outcome) })
  throw error
}

/** `again` is a failure that is not the last. */
const count = (
  { metrics }: DeliveryContext,
  { target }: BegunRow,
  outcome: Outcome['kind'] | 'ignored',
  durationMs?: number,
): void => metrics.delivered({ target, outcome, seconds: durationMs === undefined ? undefined : durationMs / 1000 })

const call = async (
  { runtime, ending }: DeliveryContext,
  row: BegunRow,
  request: DeliveryRequest,
  onSent: () => void,
) => {
  try {
    const answer = await runtime.call({ ...request, onSent, signal: ending })
    return { answer, outcome: outcomeOfAnswer(row.target, answer) }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    return { answer: undefined, outcome: outcomeOfFailure(error) }
  }
}

const settled = ({ bot_id, id, runner }: BegunRow) =>
  ({ bot_id, id, runner, failures: 0, due_at: null, reason: null, number: null }) as const

/** What an outcome means for the delivery beyond what `settled` says: it is over, or waits for its next attempt. */
const consequence = (
  { clock }: DeliveryContext,
  { failures }: BegunRow,
  outcome: Outcome,
): Pick<Verdict, 'status'> & Partial<Verdict> => {
  switch (outcome.kind) {
    case 'delivered':
      return { status: 'delivered' }
    case 'aborted':
      return { status: 'queued' }
    case 'failed':
      return { status: 'failed', failures: 1, reason: outcome.reason }
    case 'again': {
      const pauseMs = backOffMs(failures)
      return pauseMs === undefined
        ? { status: 'failed', failures: 1, reason: outcome.reason }
        : { status: 'waiting', failures: 1, due_at: new Date(clock.now().getTime() + pauseMs), reason: outcome.reason }
    }
  }
}

/** What the owner of the bot is told, where this is the end of it. */
const toldOf = (
  { clock }: DeliveryContext,
  row: BegunRow,
  status: Verdict['status'],
  outcome: Outcome,
  callees?: Callees,
) =>
  status === 'failed' && 'fault' in outcome
    ? failureOf(row, callees, outcome.fault, outcome.reason, clock.now())
    : undefined
