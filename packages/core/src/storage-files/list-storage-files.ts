import type { PageQuery, StorageFile } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { fragment, readPage } from '../pages/index.ts'
import { reachBot } from './reach-bot.ts'
import { type StorageFileRow, toStorageFile } from './storage-file.mapper.ts'

/**
 * The files of a bot, newest first; to an integration, those it made.
 * @throws ResourceNotFound for the bot; Forbidden; InvalidQuery for a token of another list
 */
export const listStorageFiles = async (
  ctx: WorkspaceContext,
  { botId, nextToken, pageSize }: PageQuery & { botId: string },
): Promise<{ files: StorageFile[]; meta: { nextToken?: string } }> => {
  await reachBot(ctx, botId, (id) => notFound('bot', id))
  const { caller } = ctx
  const familyId = caller.kind === 'integration' ? caller.familyId : undefined
  const { rows, meta } = await readPage<StorageFileRow>(
    ctx,
    { nextToken, pageSize },
    {
      name: 'storage-files.list',
      from: fragment('select f.* from storage_files f'),
      where: [
        fragment('f.bot_id = {}::uuid', botId),
        ...(familyId === undefined ? [] : [fragment('f.family_id = {}::uuid', familyId)]),
      ],
      sortBy: 'f.created_at',
      seq: 'f.seq',
      direction: 'desc',
      positionOf: (row: StorageFileRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: [botId, familyId],
    },
  )
  return { files: rows.map((row) => toStorageFile(ctx, row)), meta }
}
