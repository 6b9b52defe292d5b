import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { SortDirection } from '../common/timestamps.ts'
import { DEPLOYMENT_LIMIT_BYTES, FlagParameter, VerificationStatus } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { Integration, IntegrationSummary } from './integration.schema.ts'
import { IntegrationChanges, NewIntegration } from './integration-requests.schema.ts'

const IntegrationAnswer = z.object({ integration: Integration })

export const integrationsOperations = defineOperations({
  createIntegration: {
    method: 'POST',
    path: '/v1/admin/integrations',
    summary: 'Create a version of an integration',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: NewIntegration,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    status: 200,
    response: IntegrationAnswer,
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
    params: z.object({
      name: z.string(),
      version: z.string().describe('`latest`, a version, or a semver range such as `<1.2.3`.'),
    }),
    status: 200,
    response: IntegrationAnswer,
  },
  listIntegrations: {
    method: 'GET',
    path: '/v1/admin/integrations',
    summary: 'List the integrations of the workspace',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    query: PageQuery.extend({
      limit: PageQuery.shape.pageSize.unwrap().optional().describe('The older name of `pageSize`; wins if given.'),
      name: z.string().optional(),
      version: z.string().optional(),
      interfaceId: z.string().optional(),
      interfaceName: z.string().optional(),
      installedByBotId: z.string().optional(),
      verificationStatus: VerificationStatus.optional(),
      search: z.string().optional(),
      sortBy: z.enum(['popularity', 'name', 'createdAt', 'updatedAt', 'installCount']).optional(),
      direction: SortDirection.optional(),
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
    status: 200,
    response: IntegrationAnswer,
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
