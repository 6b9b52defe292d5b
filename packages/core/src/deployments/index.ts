export { runDeployments } from './run-deployments.ts'
