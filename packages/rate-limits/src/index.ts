export { CLOUD, type LimitName } from './cloud.ts'
export { openRateLimits, type RateLimits, type Taken } from './rate-limits.ts'
