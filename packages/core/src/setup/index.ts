export { checkSecretKey } from './check-secret-key.ts'
export { type Credentials, credentialsOf, exportLines } from './credentials.ts'
export { type FirstRunOptions, firstRun, type Home } from './first-run.ts'
export { knownToken } from './known-token.ts'
