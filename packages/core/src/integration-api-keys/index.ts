export { createIntegrationApiKey } from './create-integration-api-key.ts'
export { deleteIntegrationApiKey } from './delete-integration-api-key.ts'
export { listIntegrationApiKeys } from './list-integration-api-keys.ts'
