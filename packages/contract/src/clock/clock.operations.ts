import { z } from 'zod'
import { DateBound, Timestamp } from '../common/timestamps.ts'
import { defineOperations } from '../operation.ts'

/** What time it is for bots: when things were created and are due. */
export const ClockReading = z.object({ now: Timestamp, isFrozen: z.boolean() })
export type ClockReading = z.infer<typeof ClockReading>

const TIMEOUT_MAX_MS = 60_000
const FARTHEST_MS = 100 * 365 * 24 * 60 * 60 * 1000

/** Our own: the time of a server that was started for tests (UNDERSTUDY_TEST_CLOCK). */
export const clockOperations = defineOperations({
  getClock: {
    method: 'GET',
    path: '/_understudy/clock',
    summary: 'Tell the time as bots have it',
    tenant: 'account',
    access: { callers: ['account'] },
    status: 200,
    response: ClockReading,
  },
  freezeClock: {
    method: 'POST',
    path: '/_understudy/clock/freeze',
    summary: 'Make time stand still, as it is or at a moment',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({ at: DateBound.optional() }),
    status: 200,
    response: ClockReading,
  },
  advanceClock: {
    method: 'POST',
    path: '/_understudy/clock/advance',
    summary: 'Move time by so many milliseconds, and wait for what comes due',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({
      by: z.int().min(-FARTHEST_MS).max(FARTHEST_MS),
      timeoutMs: z
        .int()
        .min(0)
        .max(TIMEOUT_MAX_MS)
        .default(TIMEOUT_MAX_MS / 2),
    }),
    status: 200,
    response: ClockReading.extend({
      isSettled: z.boolean().describe('Whether everything that came due has been done.'),
    }),
  },
  resumeClock: {
    method: 'POST',
    path: '/_understudy/clock/resume',
    summary: 'Let time go on, from where it stands or from the machine’s (`reset`)',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({ reset: z.boolean().optional() }),
    status: 200,
    response: ClockReading,
  },
})
