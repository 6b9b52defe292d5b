export type { Call, CallAnswer, OpenAnswer } from './call.ts'
export { CallFailure, type CallFailureReason } from './call-failure.ts'
export type { Deployment, Program } from './deployments/deployment.ts'
export { type Deployments, type OpenDeployments, openDeployments } from './deployments/deployments.ts'
export { remoteDeployments } from './deployments/remote-deployments.ts'
export type { Said } from './deployments/said.rules.ts'
export { type Page, serveDeployments } from './deployments/serve-deployments.ts'
export {
  type BotCall,
  type BotOperation,
  botHeaders,
  type IntegrationCall,
  type IntegrationOperation,
  integrationHeaders,
} from './headers.ts'
export { createRuntime, type Runtime, type RuntimeOptions } from './runtime.ts'
export type { Trace } from './trace.ts'
export { createTunnels, type Tunnels } from './tunnels/tunnels.ts'
