import type { StorageFile } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { checkLimit } from '../limits/index.ts'
import { contentTypeOf } from './content-type.rules.ts'
import { keyOf } from './contents-key.ts'
import { reachBot } from './reach-bot.ts'
import { toStorageFile } from './storage-file.mapper.ts'
import { storageFileRepository } from './storage-file.repository.ts'

export type NewStorageFile = {
  botId: string
  contents: Uint8Array
  name: string
  accessType: StorageFile['accessType']
}

/**
 * Stores a file for a bot: its contents first, so that no row is ever without them.
 * @throws LimitExceeded; ReferenceNotFound for the bot; Forbidden
 */
export const createStorageFile = async (
  ctx: WorkspaceContext,
  { botId, contents, name, accessType }: NewStorageFile,
): Promise<StorageFile> => {
  const missing = (id: string) => referenceNotFound('botId', id)
  await reachBot(ctx, botId, missing)
  checkLimit(ctx, 'storageFileBytes', contents.length)

  const id = newId('file')
  const [contentType, sizeBytes] = [contentTypeOf(name, contents), contents.length]
  await ctx.files.write(keyOf(id), contents)
  const row = await storageFileRepository.create(ctx, { id, botId, name, accessType, contentType, sizeBytes })
  // The bot was deleted meanwhile: the sweep takes the contents.
  if (!row) throw missing(botId)
  return toStorageFile(ctx, row)
}
