/** What we ask of BullMQ, wherever it keeps its jobs. */
export type Backend = {
  /** Whether a job can be handed over at this moment. */
  isReady(): boolean
  /** @param onceIn at most one job of this name in so many ms, whoever adds it */
  add(name: string, payload: unknown, onceIn?: number): Promise<void>
  /** Gives jobs to `process`, several at a time. `end` waits for those that run. */
  take(
    process: (job: TakenJob) => Promise<void>,
    failed: (name: string, error: Error) => void,
  ): { end(): Promise<void> }
  close(): Promise<void>
}

export type TakenJob = { name: string; data: unknown }

export const QUEUE_NAME = 'understudy'

// PostgreSQL owns truth and retry. BullMQ ignores what it still knows in any state, so it is made to forget at once.
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

export const jobOptions = (name: string, onceIn: number | undefined) =>
  onceIn === undefined ? JOB_OPTIONS : { ...JOB_OPTIONS, deduplication: { id: name, ttl: onceIn } }

// Short: what a killed worker held is taken up again, and what was lost is noticed, within seconds.
export const WORKER_OPTIONS = { concurrency: 10, lockDuration: 6_000, stalledInterval: 3_000, runRetryDelay: 1_000 }
