export { checkSecretKey } from './check-secret-key.ts'
export { type FirstRunOptions, firstRun, type Home } from './first-run.ts'
