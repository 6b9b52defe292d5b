export { isAnythingOld } from './is-anything-old.ts'
export { retentionJobs } from './retention.jobs.ts'
export { sweepRetention } from './sweep-retention.ts'
