export { reachDeployments } from './reach-deployments.ts'
export { runDeployments } from './run-deployments.ts'
export { serveCalls } from './serve-calls.ts'
