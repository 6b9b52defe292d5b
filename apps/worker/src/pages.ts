import { METRICS_TYPE, type PlatformContext, type Readiness, watchReadiness } from '@understudy/core'
import type { Working } from './work.ts'

const JSON_TYPE = 'application/json; charset=utf-8'

/** Whether a worker should be given work. Without Redis it does what it finds by itself, but shares nothing with others. */
export const watchWorker = (platform: PlatformContext, working: Working): Readiness =>
  watchReadiness(platform, { queue: async () => (working.isConnected() ? undefined : 'Redis is away') })

/** What a worker says of itself on its internal port; the same as the api says of itself. */
export const pages = ({ metrics }: PlatformContext, readiness: Readiness, hasMetrics: boolean) => ({
  '/healthz': async () => ({ status: 200, type: JSON_TYPE, text: '{"status":"ok"}' }),
  '/readyz': async () => {
    const report = await readiness.report()
    return { status: report.status === 'ready' ? 200 : 503, type: JSON_TYPE, text: JSON.stringify(report) }
  },
  ...(hasMetrics ? { '/metrics': async () => ({ status: 200, type: METRICS_TYPE, text: await metrics.text() }) } : {}),
})
