export { createMetrics, METRICS_TYPE } from './create-metrics.ts'
export type { Metrics } from './metrics.ts'
