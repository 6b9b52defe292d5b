import type { Statement } from '@understudy/db'
import { type IntegrationOperation, integrationHeaders } from '@understudy/runtime'
import type { WorkspaceContext } from '../context.ts'
import { isUuid, LEAST_UUID } from '../ids.ts'
import { addressOf } from './address.ts'
import type { Addressed } from './addressed.ts'
import { TIMEOUT_S } from './find-callees.ts'

const FIND: Statement = {
  name: 'callees.to-the-version',
  text: `
    select n.url, n.code_sha256 as "codeSha256", md5(n.sealed_secrets) as "secretsDigest", n.max_execution_time_s as "timeoutS", f.name
    from integrations n join integration_families f on f.id = n.family_id
    where n.id = $1 and n.workspace_id = $2`,
}

type Row = {
  url: string | null
  codeSha256: string | null
  secretsDigest: string
  timeoutS: number | null
  name: string
}

/**
 * A version of an integration of the workspace as somebody to call, in no bot: SDKs want to be told of one nevertheless, and are told of one that cannot be.
 * @returns null when it runs nowhere; undefined when there is none
 */
export const toTheVersion = async (
  ctx: WorkspaceContext,
  id: string,
  operation: IntegrationOperation,
): Promise<Addressed | null | undefined> => {
  const row = isUuid(id) ? await ctx.db.row<Row>(FIND, [id, ctx.workspaceId]) : undefined
  if (!row) return undefined
  const address = addressOf('integration', { id, ...row })
  if (!address) return null
  const headers = integrationHeaders({
    botId: LEAST_UUID,
    botUserId: LEAST_UUID,
    integrationId: id,
    integrationAlias: row.name,
    webhookId: LEAST_UUID,
    operation,
    configuration: {},
  })
  return { ...address, headers, timeoutMs: (row.timeoutS ?? TIMEOUT_S) * 1000 }
}
