export { deploymentKey, holderOfKey } from './deployment-key.ts'
