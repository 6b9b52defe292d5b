import type { BotSummary, PageQuery } from '@understudy/contract'
import { selectedAs, withinReachSql } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'

export type BotFilter = PageQuery & {
  dev?: boolean | undefined
  tags?: Record<string, string> | undefined
  integrationNames?: string[] | undefined
  pluginNames?: string[] | undefined
  sortField?: 'createdAt' | 'updatedAt' | undefined
  sortDirection?: 'asc' | 'desc' | undefined
}

type Row = {
  id: string
  seq: string
  name: string
  type: BotSummary['type']
  tags: Record<string, string>
  deployed_at: string | null
  created_at: string
  updated_at: string
}

/** The workspace's bots, newest first unless told; development bots only where asked for. @throws InvalidQuery for a token of another list */
export const listBots = async (
  ctx: WorkspaceContext,
  { nextToken, pageSize, ...filter }: BotFilter,
): Promise<{ bots: BotSummary[]; meta: { nextToken?: string } }> => {
  const accountId = selectedAs(ctx.caller, ctx.workspaceId)
  const byUpdate = filter.sortField === 'updatedAt'
  const { rows, meta } = await readPage<Row>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'bots.list',
      from: fragment(
        'select b.id, b.seq, b.name, b.type, b.tags, b.deployed_at, b.created_at, b.updated_at from bots b',
      ),
      where: [
        fragment('b.workspace_id = {}::uuid and b.dev = {}', ctx.workspaceId, filter.dev ?? false),
        fragment('b.tags @> {}::jsonb', JSON.stringify(filter.tags ?? {})),
        ...(accountId === undefined ? [] : [fragment(withinReachSql('{}'), accountId, accountId)]),
        ...(filter.integrationNames
          ? [
              fragment(
                `(select count(distinct f.name) from installations i join integration_families f on f.id = i.family_id
                  where i.bot_id = b.id and i.removed_at is null and f.name = any({}::text[])) = {}::int`,
                filter.integrationNames,
                new Set(filter.integrationNames).size,
              ),
            ]
          : []),
        // No bot has a plugin yet.
        ...(filter.pluginNames?.length ? [fragment('false')] : []),
      ],
      sortBy: byUpdate ? 'b.updated_at' : 'b.created_at',
      seq: 'b.seq',
      direction: filter.sortDirection ?? 'desc',
      positionOf: (row: Row) => ({ value: byUpdate ? row.updated_at : row.created_at, seq: row.seq }),
      frozen: [ctx.workspaceId, accountId, filter],
    },
  )
  return { bots: rows.map(toSummary), meta }
}

const toSummary = (row: Row): BotSummary => ({
  id: row.id,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  name: row.name,
  type: row.type,
  tags: row.tags,
  ...(row.deployed_at === null ? {} : { deployedAt: row.deployed_at }),
})
