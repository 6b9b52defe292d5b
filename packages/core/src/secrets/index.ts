export { createSecrets, type Secrets, WrongSecretKey } from './secrets.ts'
