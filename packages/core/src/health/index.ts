export { inTime } from './in-time.ts'
export { type Readiness, watchReadiness } from './readiness.ts'
