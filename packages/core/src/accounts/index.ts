export { accountIdOf, getAccount } from './get-account.ts'
export { maySeeSecrets } from './may-see-secrets.ts'
