export { type Answer, answerOnce, answerOnceOutside } from './answer-once.ts'
export { idempotencyKeysJobs } from './idempotency-keys.jobs.ts'
export { onceCommitted } from './once-committed.ts'
export { sweepIdempotencyKeys } from './sweep-idempotency-keys.ts'
