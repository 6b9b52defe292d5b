import { createPostgresBackend, withBackend } from 'bullmq'
import { type Backend, bulkOf, jobOptions, type Share, WORKER_OPTIONS } from './backend.ts'

const { Queue, Worker } = withBackend(createPostgresBackend)

const POOL_SIZE = 3

/**
 * BullMQ on PostgreSQL, in a schema of its own (`bullmq`) that it makes and migrates itself.
 * @throws the driver's error when PostgreSQL cannot be reached: BullMQ would remember that for ever
 */
export const openPostgresBackend = async (
  url: string,
  { queueName, concurrency }: Share,
  onError: (error: Error) => void,
): Promise<Backend> => {
  const connection = { connectionString: url, max: POOL_SIZE, application_name: 'understudy-queue' }
  const queue = new Queue(queueName, { connection: { ...connection, migrate: true } }).on('error', onError)
  await queue.waitUntilReady().catch(async (error: unknown) => {
    await queue.close()
    throw error
  })

  return {
    isReady: () => true,
    add: async (name, payload, onceIn) => void (await queue.add(name, payload, jobOptions(name, onceIn))),
    addMany: async (name, jobs) => void (await queue.addBulk(bulkOf(name, jobs))),
    waiting: () => queue.getWaitingCount(),
    take: (process, failed) => {
      const worker = new Worker(queueName, process, { ...WORKER_OPTIONS, concurrency, connection })
        .on('error', onError)
        .on('failed', (job, error) => failed(job?.name ?? 'unknown', error))
      return { end: () => worker.close() }
    },
    close: () => queue.close(),
  }
}
