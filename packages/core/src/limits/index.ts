export { checkLimit, jsonBytes } from './check-limit.ts'
export { LIMITS, type Limits } from './limits.ts'
