import type { Integration, IntegrationSummary, PublicIntegration, PublicIntegrationSummary } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { maySeeSecrets } from '../accounts/index.ts'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import type { StoredDefinition } from './integration-definition.rules.ts'

const family = { select: { id: true, name: true, native: true, iconTag: true } } as const
const workspace = { select: { id: true, handle: true, name: true } } as const
const _count = { select: { installations: { where: { removedAt: null } } } } as const

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
    actionNames: true,
    interfaceNames: true,
    createdAt: true,
    updatedAt: true,
    family,
  },
} as const satisfies Prisma.IntegrationDefaultArgs

/** A version with the name it goes by. Its readme is large, and hardly ever wanted. */
export const VERSION = {
  omit: { readme: true },
  include: { family },
} as const satisfies Prisma.IntegrationDefaultArgs

/** The same, with what the hub says beside. */
export const PUBLIC_SUMMARY = {
  select: { ...SUMMARY.select, workspace, _count },
} as const satisfies Prisma.IntegrationDefaultArgs
export const PUBLIC_VERSION = {
  omit: VERSION.omit,
  include: { family, workspace, _count },
} as const satisfies Prisma.IntegrationDefaultArgs

export type SummaryRow = Prisma.IntegrationGetPayload<typeof SUMMARY>
export type IntegrationRow = Prisma.IntegrationGetPayload<typeof VERSION>
export type PublicSummaryRow = Prisma.IntegrationGetPayload<typeof PUBLIC_SUMMARY>
export type PublicRow = Prisma.IntegrationGetPayload<typeof PUBLIC_VERSION>

export const toIntegration = (ctx: WorkspaceContext, row: IntegrationRow): Integration => ({
  ...withDefinition(ctx, row),
  url: row.url ?? '',
  signingSecret: maySeeSecrets(ctx) ? ctx.secrets.open(row.sealedSigningSecret) : '',
  secrets: row.secretNames,
})

/** As everybody may see it: no secret, not even the name of one. */
export const toPublicIntegration = (ctx: PlatformContext, row: PublicRow): PublicIntegration => ({
  ...withDefinition(ctx, row),
  ...hubListing(row),
  url: '',
  signingSecret: '',
  secrets: [],
})

const withDefinition = (ctx: PlatformContext, row: IntegrationRow) => ({
  ...toIntegrationSummary(ctx, row),
  ...(row.definition as unknown as StoredDefinition),
  dev: row.dev,
  readmeUrl:
    row.readmeTag === null ? '' : `${ctx.publicUrl}/_understudy/integrations/${row.id}/readme/${row.readmeTag}`,
  ...(row.maxExecutionTimeS === null ? {} : { maxExecutionTime: row.maxExecutionTimeS }),
})

const iconUrlOf = (publicUrl: string, { id, iconTag }: SummaryRow['family']): string =>
  iconTag === null ? '' : `${publicUrl}/_understudy/integrations/${id}/icon/${iconTag}`

/** @param search what was searched for, if anything was: then the answer says where it was found */
export const toIntegrationSummary = (
  { publicUrl }: PlatformContext,
  row: SummaryRow,
  search?: string,
): IntegrationSummary => ({
  id: row.id,
  name: row.family.name,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  title: row.title,
  description: row.description,
  iconUrl: iconUrlOf(publicUrl, row.family),
  public: row.visibility === 'public',
  visibility: row.visibility as Integration['visibility'],
  verificationStatus: row.verificationStatus as Integration['verificationStatus'],
  lifecycleStatus: row.lifecycleStatus as Integration['lifecycleStatus'],
  attributes: row.attributes as Record<string, string>,
  ...(search ? { matchedOn: matchedOn(row, search.toLowerCase()) } : {}),
})

export const toPublicIntegrationSummary = (
  ctx: PlatformContext,
  row: PublicSummaryRow,
  search?: string,
): PublicIntegrationSummary => ({ ...toIntegrationSummary(ctx, row, search), ...hubListing(row) })

const hubListing = ({ workspace: { id, handle, name }, _count: counted }: PublicSummaryRow | PublicRow) => ({
  ownerWorkspace: { id, handle, name },
  meta: { installs: counted.installations, views: 0 },
})

const matchedOn = (
  { family: { name }, title, description, actionNames, interfaceNames }: SummaryRow,
  lowered: string,
) => {
  const holds = (text: string): boolean => text.toLowerCase().includes(lowered)
  return {
    name: holds(name),
    title: holds(title),
    description: holds(description),
    actions: actionNames.filter(holds),
    interfaces: interfaceNames.filter(holds),
  }
}
