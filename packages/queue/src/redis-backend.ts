import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { type Backend, jobOptions, QUEUE_NAME, WORKER_OPTIONS } from './backend.ts'

const RECONNECT_AT_MOST_MS = 1_000

/**
 * BullMQ on Redis. Does not wait for it: Redis may come, go and forget at any moment.
 * @param namespace keeps servers that share a Redis apart
 */
export const openRedisBackend = (url: string, namespace: string, onError: (error: Error) => void): Backend => {
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(times * 100, RECONNECT_AT_MOST_MS),
  }).on('error', onError)
  // In a cluster, scripts see several keys at once only if the braces put these on one node.
  const prefix = `{${namespace}}`
  const queue = new Queue(QUEUE_NAME, { connection, prefix }).on('error', onError)

  return {
    isReady: () => connection.status === 'ready',
    add: async (name, payload, onceIn) => void (await queue.add(name, payload, jobOptions(name, onceIn))),
    take: (process, failed) => {
      const worker = new Worker(QUEUE_NAME, process, { ...WORKER_OPTIONS, connection, prefix })
        .on('error', onError)
        .on('failed', (job, error) => failed(job?.name ?? 'unknown', error))
      return { end: () => worker.close() }
    },
    close: async () => {
      await queue.close()
      connection.disconnect()
    },
  }
}
