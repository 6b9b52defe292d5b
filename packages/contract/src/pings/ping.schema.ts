import { z } from 'zod'

/** What came of a call that asks for nothing. */
export const Ping = z
  .object({
    ok: z.boolean().describe('Whether it was answered with a status of 2xx.'),
    url: z.string().nullable().describe('Where it was called; null: it runs nowhere.'),
    status: z.number().nullable().describe('What was answered; null: nothing was.'),
    durationMs: z.number(),
    reason: z.string().nullable().describe('Why it is not ok.'),
  })
  .meta({ id: 'Ping' })
export type Ping = z.infer<typeof Ping>
