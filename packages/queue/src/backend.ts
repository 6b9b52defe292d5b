/** What we ask of BullMQ, wherever it keeps its jobs. */
export type Backend = {
  /** Whether a job can be handed over at this moment. */
  isReady(): boolean
  /** @param onceIn at most one job of this name in so many ms, whoever adds it */
  add(name: string, payload: unknown, onceIn?: number): Promise<void>
  /** Several jobs at once; one whose id is still known is ignored. */
  addMany(name: string, jobs: readonly IdentifiedJob[]): Promise<void>
  /** How many jobs nobody has taken yet. */
  waiting(): Promise<number>
  /** Gives jobs to `process`, several at a time. `end` waits for those that run. */
  take(
    process: (job: TakenJob) => Promise<void>,
    failed: (name: string, error: Error) => void,
  ): { end(): Promise<void> }
  close(): Promise<void>
}

export type TakenJob = { name: string; data: unknown }

/** A job by an id that says what is to be done, so that it waits at most once. */
export type IdentifiedJob = { id: string; payload: unknown }

/** Which of the server's queues, and how many of its jobs one process works on at a time. */
export type Share = { queueName: string; concurrency: number }

// PostgreSQL owns truth and retry. BullMQ ignores what it still knows in any state, so it is made to forget at once.
const JOB_OPTIONS = { attempts: 1, removeOnComplete: true, removeOnFail: true } as const

export const jobOptions = (name: string, onceIn: number | undefined) =>
  onceIn === undefined ? JOB_OPTIONS : { ...JOB_OPTIONS, deduplication: { id: name, ttl: onceIn } }

export const bulkOf = (name: string, jobs: readonly IdentifiedJob[]) =>
  jobs.map(({ id, payload }) => ({ name, data: payload, opts: { ...JOB_OPTIONS, jobId: id } }))

// Short: what a killed worker held is taken up again, and what was lost is noticed, within seconds.
export const WORKER_OPTIONS = { lockDuration: 6_000, stalledInterval: 3_000, runRetryDelay: 1_000 }
