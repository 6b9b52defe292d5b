export * from './access-tokens/index.ts'
export * from './accounts/index.ts'
export * from './actions/index.ts'
export * from './analytics/index.ts'
export { createApiClient, deleteApiClient, listApiClients } from './api-clients/index.ts'
export { getAuditRecords } from './audit-records/index.ts'
export * from './bot-api-keys/index.ts'
export * from './bot-issues/index.ts'
export {
  createBot,
  deleteBot,
  getBot,
  getBotAllowlist,
  getBotWebchat,
  listBots,
  transferBot,
  updateBot,
  updateBotAllowlist,
} from './bots/index.ts'
export { type Callees, findCallees } from './callees/index.ts'
export * from './callers/index.ts'
export { type Clock, wallClock } from './clock.ts'
export { codeJobs, sweepCode } from './code/index.ts'
export type { BotContext, CallerContext, PlatformContext, WorkspaceContext } from './context.ts'
export * from './conversations/index.ts'
export * from './deliveries/index.ts'
export { serveCalls } from './deployments/index.ts'
export type { Owed } from './doorbell/index.ts'
export * from './emulator/index.ts'
export { emulatorKey, emulatorUrl } from './emulator-keys/index.ts'
export * from './errors.ts'
export * from './events/index.ts'
export { type Readiness, watchReadiness } from './health/index.ts'
export * from './idempotency-keys/index.ts'
export { newErrorId, newId, newUuid } from './ids.ts'
export { configureIntegration, installationsJobs, type KeyedBy, sweepInstallations } from './installations/index.ts'
export * from './integration-api-keys/index.ts'
export {
  createIntegration,
  deleteIntegration,
  downloadIntegrationIcon,
  downloadIntegrationReadme,
  getIntegration,
  getIntegrationByName,
  getPublicIntegration,
  getPublicIntegrationById,
  listIntegrations,
  listPublicIntegrations,
  requestIntegrationVerification,
  updateIntegration,
  validateIntegrationCreation,
  validateIntegrationUpdate,
} from './integrations/index.ts'
export {
  createInterface,
  deleteInterface,
  downloadInterfaceIcon,
  downloadInterfaceReadme,
  getInterface,
  getInterfaceByName,
  getPublicInterface,
  getPublicInterfaceById,
  listInterfaces,
  listPublicInterfaces,
  updateInterface,
} from './interfaces/index.ts'
export * from './introspect/index.ts'
export * from './limits/index.ts'
export { getBotLogs, getIntegrationLogs, type LogLine, logsJobs, sweepLogs, writeLogs } from './logs/index.ts'
export * from './messages/index.ts'
export * from './metrics/index.ts'
export * from './personal-access-tokens/index.ts'
export * from './pings/index.ts'
export { createPlatform, type PlatformOptions } from './platform.ts'
export * from './preferences/index.ts'
export * from './processes/index.ts'
export { fireRecurringEvents, recurringEventsJobs } from './recurring-events/index.ts'
export { retentionJobs, sweepRetention } from './retention/index.ts'
export * from './secrets/index.ts'
export * from './settings/index.ts'
export * from './setup/index.ts'
export * from './signing-keys/index.ts'
export * from './signing-secrets/index.ts'
export * from './states/index.ts'
export * from './storage-files/index.ts'
export * from './tags/index.ts'
export * from './test-clock/index.ts'
export * from './users/index.ts'
export { runVrl } from './vrl/index.ts'
export * from './webhooks/index.ts'
export * from './workspace-members/index.ts'
export * from './workspaces/index.ts'
