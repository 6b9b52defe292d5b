export type { Call, CallAnswer } from './call.ts'
export { CallFailure, type CallFailureReason } from './call-failure.ts'
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
