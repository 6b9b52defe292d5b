import type { Integration, IntegrationSummary } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { maySeeSecrets } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import type { StoredDefinition } from './integration-definition.rules.ts'

/** A version with the name it goes by. */
export type IntegrationRow = Prisma.IntegrationGetPayload<{ include: { family: { select: { name: true } } } }>

export const toIntegration = (ctx: WorkspaceContext, row: IntegrationRow): Integration => ({
  ...toIntegrationSummary(row),
  ...(row.definition as unknown as StoredDefinition),
  url: row.url ?? '',
  signingSecret: maySeeSecrets(ctx) ? ctx.secrets.open(row.sealedSigningSecret) : '',
  dev: row.dev,
  // Readmes and icons are kept, and not served yet.
  readmeUrl: '',
  secrets: row.secretNames,
  ...(row.maxExecutionTimeS === null ? {} : { maxExecutionTime: row.maxExecutionTimeS }),
})

export const toIntegrationSummary = (row: IntegrationRow): IntegrationSummary => ({
  id: row.id,
  name: row.family.name,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  title: row.title,
  description: row.description,
  iconUrl: '',
  public: row.visibility === 'public',
  visibility: row.visibility as Integration['visibility'],
  verificationStatus: row.verificationStatus as Integration['verificationStatus'],
  lifecycleStatus: row.lifecycleStatus as Integration['lifecycleStatus'],
  attributes: row.attributes as Record<string, string>,
})
