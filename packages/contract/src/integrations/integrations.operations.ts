import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta } from '../common/page.ts'
import { CODE, DEPLOYMENT_LIMIT_BYTES, FlagParameter } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { Integration, IntegrationSummary } from './integration.schema.ts'
import { IntegrationListQuery } from './integration-list.schema.ts'
import { IntegrationChanges, NewIntegration } from './integration-requests.schema.ts'

const IntegrationAnswer = z.object({ integration: Integration })

export const NameAndVersion = z.object({
  name: z.string(),
  version: z.string().describe('`latest`, a version, or a semver range such as `<1.2.3`.'),
})

export const integrationsOperations = defineOperations({
  createIntegration: {
    method: 'POST',
    path: '/v1/admin/integrations',
    summary: 'Create a version of an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: NewIntegration,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    status: 200,
    response: IntegrationAnswer,
  },
  validateIntegrationCreation: {
    method: 'POST',
    path: '/v1/admin/integrations/validate',
    summary: 'Find out whether a version of an integration could be created',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: NewIntegration,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    status: 200,
    response: z.object({}),
  },
  getIntegration: {
    method: 'GET',
    path: '/v1/admin/integrations/:id',
    summary: 'Read one version of an integration by its id',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    status: 200,
    response: IntegrationAnswer,
  },
  getIntegrationByName: {
    method: 'GET',
    path: '/v1/admin/integrations/:name/:version',
    summary: 'Read the best matching version of an integration by its name',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: NameAndVersion,
    status: 200,
    response: IntegrationAnswer,
  },
  listIntegrations: {
    method: 'GET',
    path: '/v1/admin/integrations',
    summary: 'List the integrations of the workspace',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    query: IntegrationListQuery.extend({
      visibility: z.enum(['public', 'private']).optional(),
      dev: FlagParameter.optional(),
    }),
    status: 200,
    response: z.object({ integrations: z.array(IntegrationSummary), meta: PageMeta }),
  },
  updateIntegration: {
    method: 'PUT',
    path: '/v1/admin/integrations/:id',
    summary: 'Change a version of an integration, or deploy its code',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    body: IntegrationChanges,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    status: 200,
    response: IntegrationAnswer,
  },
  validateIntegrationUpdate: {
    method: 'PUT',
    path: '/v1/admin/integrations/:id/validate',
    summary: 'Find out whether a version of an integration could be changed so',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    body: IntegrationChanges,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    status: 200,
    response: z.object({}),
  },
  requestIntegrationVerification: {
    method: 'POST',
    path: '/v1/admin/integrations/request-verification',
    summary: 'Ask for a version of an integration to be verified: it waits until whoever runs this server decides',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: z.object({ integrationId: z.string() }),
    status: 200,
    response: z.object({}),
  },
  deleteIntegration: {
    method: 'DELETE',
    path: '/v1/admin/integrations/:id',
    summary: 'Delete a version of an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
