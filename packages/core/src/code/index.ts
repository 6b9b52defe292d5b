export { codeJobs } from './code.jobs.ts'
export { keepCode } from './keep-code.ts'
export { readCode } from './read-code.ts'
export { sweepCode } from './sweep-code.ts'
