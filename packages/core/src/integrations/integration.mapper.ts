import type { Integration, IntegrationSummary } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { maySeeSecrets } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import type { StoredDefinition } from './integration-definition.rules.ts'

const family = { select: { name: true, native: true } } as const

/** What lists show of a version. */
export const SUMMARY = {
  select: {
    id: true,
    version: true,
    title: true,
    description: true,
    visibility: true,
    verificationStatus: true,
    lifecycleStatus: true,
    attributes: true,
    createdAt: true,
    updatedAt: true,
    family,
  },
} as const satisfies Prisma.IntegrationDefaultArgs

/** A version with the name it goes by. Its code and its readme are large, and hardly ever wanted. */
export const VERSION = {
  omit: { code: true, readme: true },
  include: { family },
} as const satisfies Prisma.IntegrationDefaultArgs

export type SummaryRow = Prisma.IntegrationGetPayload<typeof SUMMARY>
export type IntegrationRow = Prisma.IntegrationGetPayload<typeof VERSION>

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

export const toIntegrationSummary = (row: SummaryRow): IntegrationSummary => ({
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
