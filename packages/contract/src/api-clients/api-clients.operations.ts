import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { ApiClient, ClientCredentials, NewStandsFor } from './api-client.schema.ts'

/** An account sees to its own; what a bot is concerned with asks for a developer in the bot's workspace, which the verbs know. */
export const apiClientsOperations = defineOperations({
  listApiClients: {
    method: 'GET',
    path: '/_understudy/api-clients',
    summary: 'List the API clients of a bot and of its installations (developers), or those of the caller',
    tenant: 'account',
    access: { callers: ['account'] },
    query: PageQuery.extend({ botId: z.string().optional() }),
    status: 200,
    response: z.object({ apiClients: z.array(ApiClient), meta: PageMeta }),
  },
  createApiClient: {
    method: 'POST',
    path: '/_understudy/api-clients',
    summary: 'Issue an API client for a bot, for an installation (developers), or for the caller',
    tenant: 'account',
    access: { callers: ['account'] },
    body: z.object({ standsFor: NewStandsFor, note: z.string().optional() }),
    status: 201,
    response: ClientCredentials.extend({ apiClient: ApiClient }),
  },
  deleteApiClient: {
    method: 'DELETE',
    path: '/_understudy/api-clients/:id',
    summary: 'Revoke an API client, and with it every token it was given',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
