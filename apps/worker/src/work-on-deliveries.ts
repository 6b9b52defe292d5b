import { type DeliveryContext, deliveriesJobs, findCallees, fresh, openRuns } from '@understudy/core'
import { connectQueue } from '@understudy/queue'
import { createRuntime } from '@understudy/runtime'
import { deliveriesProcessors } from './deliveries.processors.ts'
import { startDispatcher } from './dispatch.ts'
import type { WorkOptions } from './work-options.ts'

/** Most of a delivery is waiting for a bot: one process can wait for many. */
const CONCURRENCY = 400

/** The age nothing we remember about bots may pass. */
const MAX_AGE_MS = 500

/** How long calls under way may take once the process is told to stop; then they are handed back. */
const DRAIN_MS = 5_000

/** Delivers events to bots and messages to integrations until it is closed. */
export const workOnDeliveries = async ({
  platform,
  databaseUrl,
  redisUrl,
  allowPrivateHosts,
  logger,
}: WorkOptions): Promise<{ close: () => Promise<void> }> => {
  const queue = await connectQueue({
    jobs: deliveriesJobs,
    queueName: 'deliveries',
    concurrency: CONCURRENCY,
    databaseUrl,
    redisUrl,
    logger,
  })
  const ending = new AbortController()
  const runtime = createRuntime({ allowPrivateHosts, deployments: platform.deployments })
  const runs = openRuns(platform, (botId, dueAt) => dispatcher.moved(botId, dueAt))
  const callees = fresh((botId: string) => findCallees(platform, botId), MAX_AGE_MS)
  const ctx: DeliveryContext = { ...platform, runtime, runs, callees: callees.get, ending: ending.signal }
  const dispatcher = startDispatcher({
    platform,
    handOver: (found) =>
      queue.handOver(
        'deliveries.deliver',
        found.map((run) => ({ id: run.ids[0] ?? '', payload: run })),
      ),
    backlog: () => queue.backlog(),
    onError: (error) => logger.warn({ err: error }, 'deliveries could not be dispatched'),
  })
  queue.work(deliveriesProcessors, ctx)
  platform.testClock?.onMove(() => dispatcher.owed(undefined))
  const deaf = await platform.doorbell.listen(dispatcher.owed)
  return {
    close: async () => {
      deaf()
      await dispatcher.close()
      const drained = setTimeout(() => ending.abort(), DRAIN_MS)
      await queue.close()
      clearTimeout(drained)
      runs.close()
      await runtime.close()
    },
  }
}
