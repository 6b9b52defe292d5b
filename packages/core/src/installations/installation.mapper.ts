import type { Installation } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { INTEGRATION_SUMMARY, toIntegrationSummary } from '../integrations/index.ts'
import { webhookUrl } from './webhook-url.ts'

/** An installation with the version it has and the name that goes by. */
export const INSTALLATION = {
  include: { integration: INTEGRATION_SUMMARY },
} as const satisfies Prisma.InstallationDefaultArgs

export type InstallationRow = Prisma.InstallationGetPayload<typeof INSTALLATION>

/** How answers name installations: by alias for callers that know of aliases, else by the id of the version. */
export type KeyedBy = 'alias' | 'id'

export const toInstallations = (
  ctx: PlatformContext,
  rows: readonly InstallationRow[],
  keyedBy: KeyedBy,
): Record<string, Installation> =>
  Object.fromEntries(
    rows.flatMap((row) =>
      row.integration
        ? [[keyedBy === 'alias' ? row.alias : row.integration.id, toInstallation(ctx, row, row.integration)]]
        : [],
    ),
  )

const toInstallation = (
  ctx: PlatformContext,
  row: InstallationRow,
  integration: NonNullable<InstallationRow['integration']>,
): Installation => ({
  ...toIntegrationSummary(ctx, integration),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  enabled: row.enabled,
  webhookId: row.webhookId,
  webhookUrl: webhookUrl(ctx, row.webhookId),
  configurationType: row.configurationType,
  configuration: JSON.parse(ctx.secrets.open(row.sealedConfiguration)) as Record<string, unknown>,
  status: row.status as Installation['status'],
  statusReason: row.statusReason,
  disabledChannels: row.disabledChannels,
  ...(row.identifier === null ? {} : { identifier: row.identifier }),
})
