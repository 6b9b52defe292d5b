import type { Deployments } from '@understudy/runtime'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PlatformContext } from '../context.ts'
import { backlogOf } from './backlog.ts'
import type { Metrics } from './metrics.ts'

export const METRICS_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/** From the fastest answer of ours to the slowest that anybody waits for. */
const REQUEST_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60]
const DELIVERY_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** Starts to count. */
export const createMetrics = (
  platform: Pick<PlatformContext, 'db' | 'clock'> & { deployments?: Deployments | undefined },
): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  const requests = new Counter({
    name: 'understudy_requests_total',
    help: 'Requests answered.',
    labelNames: ['operation', 'status'],
    registers,
  })
  const requestSeconds = new Histogram({
    name: 'understudy_request_duration_seconds',
    help: 'From the head of a request to the end of its answer.',
    labelNames: ['operation'],
    buckets: REQUEST_SECONDS,
    registers,
  })
  const deliveries = new Counter({
    name: 'understudy_deliveries_total',
    help: 'Attempts at deliveries to bots and integrations that ended.',
    labelNames: ['target', 'outcome'],
    registers,
  })
  const deliverySeconds = new Histogram({
    name: 'understudy_delivery_duration_seconds',
    help: 'How long bots and integrations took to answer a delivery.',
    labelNames: ['target'],
    buckets: DELIVERY_SECONDS,
    registers,
  })
  watchServer(registry, platform)
  return {
    answered: (operation, status, seconds) => {
      requests.inc({ operation, status })
      requestSeconds.observe({ operation }, seconds)
    },
    delivered: ({ target, outcome, seconds }) => {
      deliveries.inc({ target, outcome })
      if (seconds !== undefined) deliverySeconds.observe({ target }, seconds)
    },
    text: () => Registry.merge([registry, processRegistry()]).metrics(),
  }
}

/** What is looked up when somebody asks. */
const watchServer = (registry: Registry, { db, clock, deployments }: Parameters<typeof createMetrics>[0]): void => {
  const gauge = (name: string, help: string, find: () => number | Promise<number | undefined>): void => {
    const known = new Gauge({
      name,
      help,
      registers: [],
      collect: async () => {
        const value = await find()
        // What cannot be found out now is left out: a zero would be a lie.
        if (value === undefined) known.remove()
        else known.set(value)
      },
    })
    registry.registerMetric(known)
  }
  // First, so that the question for the backlog is not among what waits.
  gauge(
    'understudy_database_connections_busy',
    'Connections of this process to the database that are at work.',
    () => db.connections().busy,
  )
  gauge(
    'understudy_database_connections_idle',
    'Connections of this process to the database that have nothing to do.',
    () => db.connections().idle,
  )
  gauge(
    'understudy_database_waiting',
    'Statements of this process that wait for a connection.',
    () => db.connections().waiting,
  )
  gauge(
    'understudy_deployment_processes',
    'Processes of deployed code that this process keeps warm.',
    () => deployments?.processes() ?? 0,
  )
  const backlog = backlogOf({ db, clock })
  gauge(
    'understudy_deliveries_queued',
    'Deliveries of the whole server that are due and not settled, up to 10,000.',
    async () => (await backlog())?.queued,
  )
  gauge(
    'understudy_deliveries_waiting',
    'Deliveries of the whole server whose time has not come, up to 10,000.',
    async () => (await backlog())?.waiting,
  )
  gauge(
    'understudy_oldest_due_delivery_age_seconds',
    'How long the oldest delivery of the whole server that is due has been so; 0 where none is.',
    async () => (await backlog())?.oldestSeconds,
  )
}

let ofProcess: Registry | undefined

/** Memory, processor time, event loop, garbage: one per process, from the first time somebody asks. */
const processRegistry = (): Registry => {
  if (!ofProcess) {
    ofProcess = new Registry()
    collectDefaultMetrics({ register: ofProcess })
  }
  return ofProcess
}
