import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { type Backend, bulkOf, jobOptions, type Share, type TakenJob, WORKER_OPTIONS } from './backend.ts'

const RECONNECT_AT_MOST_MS = 1_000

/**
 * BullMQ on Redis. Tries to reach it once, but does not insist: Redis may come, go and forget at any moment.
 * @param share with a namespace, which keeps servers that share a Redis apart
 */
export const openRedisBackend = async (
  url: string,
  { namespace, queueName, concurrency }: Share & { namespace: string },
  onError: (error: Error) => void,
): Promise<Backend> => {
  let closing = false
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => (closing ? null : Math.min(times * 100, RECONNECT_AT_MOST_MS)),
  }).on('error', onError)
  await new Promise<void>((tried) => connection.once('ready', tried).once('error', () => tried()))
  // In a cluster, scripts see several keys at once only if the braces put these on one node.
  const prefix = `{${namespace}}`
  const queue = new Queue(queueName, { connection, prefix }).on('error', onError)

  return {
    isReady: () => connection.status === 'ready',
    add: async (name, payload, onceIn) => void (await queue.add(name, payload, jobOptions(name, onceIn))),
    addMany: async (name, jobs) => void (await queue.addBulk(bulkOf(name, jobs))),
    waiting: () => queue.getWaitingCount(),
    take: (process, failed) => {
      const running = new Set<Promise<void>>()
      const run = (job: TakenJob) => {
        const one = process(job).finally(() => running.delete(one))
        running.add(one)
        return one
      }
      const worker = new Worker(queueName, run, { ...WORKER_OPTIONS, concurrency, connection, prefix })
        .on('error', onError)
        .on('failed', (job, error) => failed(job?.name ?? 'unknown', error))
      return {
        end: async () => {
          closing = true
          // BullMQ would wait for Redis only to say that a job is done. Another worker may do it again instead.
          const gone = new Promise((resolve) => connection.once('close', resolve))
          if (connection.status === 'ready') await Promise.race([worker.close(), gone])
          else await worker.close(true)
          await Promise.allSettled(running)
        },
      }
    },
    close: async () => {
      closing = true
      await queue.close()
      connection.disconnect()
    },
  }
}
