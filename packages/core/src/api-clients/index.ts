export { apiClientRepository } from './api-client.repository.ts'
export { createApiClient } from './create-api-client.ts'
export { deleteApiClient } from './delete-api-client.ts'
export { listApiClients } from './list-api-clients.ts'
