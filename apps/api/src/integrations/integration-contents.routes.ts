import { integrationContentsOperations } from '@understudy/contract'
import { downloadIntegrationIcon, downloadIntegrationReadme } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const integrationContentsRoutes = implement(integrationContentsOperations, {
  downloadIntegrationIcon: ({ params }, ctx) => downloadIntegrationIcon(ctx, params),
  downloadIntegrationReadme: ({ params }, ctx) => downloadIntegrationReadme(ctx, params),
})
