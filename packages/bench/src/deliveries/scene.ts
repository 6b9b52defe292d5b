import { setTimeout } from 'node:timers/promises'
import type { Statement } from '@understudy/db'
import type { CpuClock } from '../cpu.ts'
import type { Server } from '../server.ts'
import type { Stage } from '../stage.ts'
import type { Sink } from './sink.ts'

/** Where deliveries are measured. */
export type Scene = {
  stage: Stage
  api: Server
  sink: Sink
  /** Waits until nothing is owed to anybody. @throws when that takes too long */
  settled: () => Promise<void>
}

export type Clocks = { server: CpuClock; database: CpuClock; redis?: CpuClock | undefined }

const OWED: Statement = {
  name: 'bench.owed',
  text: `select exists (select from deliveries where status = 'queued') or exists (select from deliveries where status = 'waiting' and due_at < $1) as owed`,
}

/** What is scheduled for later than this is not looked at. */
const LATER_MS = 24 * 60 * 60 * 1000
const LOOK_MS = 20
const PATIENCE_MS = 120_000

export const settledOn =
  ({ ctx: { db } }: Stage) =>
  async (): Promise<void> => {
    const deadline = Date.now() + PATIENCE_MS
    while ((await db.one<{ owed: boolean }>(OWED, [new Date(Date.now() + LATER_MS)])).owed) {
      if (Date.now() > deadline) throw new Error('The worker did not come to an end.')
      await setTimeout(LOOK_MS)
    }
  }
