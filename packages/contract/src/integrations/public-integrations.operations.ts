import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { PublicIntegration, PublicIntegrationSummary } from './integration.schema.ts'
import { IntegrationListQuery } from './integration-list.schema.ts'
import { NameAndVersion } from './integrations.operations.ts'

const PublicIntegrationAnswer = z.object({ integration: PublicIntegration })

/** The hub: what the workspaces of this server show to each other. */
export const publicIntegrationsOperations = defineOperations({
  listPublicIntegrations: {
    method: 'GET',
    path: '/v1/admin/hub/integrations',
    summary: 'List the public integrations of all workspaces',
    tenant: 'account',
    access: { callers: ['account'] },
    query: IntegrationListQuery,
    status: 200,
    response: z.object({ integrations: z.array(PublicIntegrationSummary), meta: PageMeta }),
  },
  getPublicIntegrationById: {
    method: 'GET',
    path: '/v1/admin/hub/integrations/:id',
    summary: 'Read one version of a public or unlisted integration by its id',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathId,
    status: 200,
    response: PublicIntegrationAnswer,
  },
  getPublicIntegration: {
    method: 'GET',
    path: '/v1/admin/hub/integrations/:name/:version',
    summary: 'Read the best matching public version of an integration, or an unlisted one by its exact version',
    tenant: 'account',
    access: { callers: ['account'] },
    params: NameAndVersion,
    status: 200,
    response: PublicIntegrationAnswer,
  },
})
