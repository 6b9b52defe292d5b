import type { StorageFile } from '@understudy/contract'
import { fromBase64 } from '../base64.ts'
import type { WorkspaceContext } from '../context.ts'
import { invalidPayload, referenceNotFound } from '../errors.ts'
import { newId } from '../ids.ts'
import { checkLimit } from '../limits/index.ts'
import { contentTypeOf } from './content-type.rules.ts'
import { keyOf } from './contents-key.ts'
import { reachBot } from './reach-bot.ts'
import { toStorageFile } from './storage-file.mapper.ts'
import { storageFileRepository } from './storage-file.repository.ts'

export type NewStorageFile = {
  botId: string
  /** Base64 */
  contents: string
  name: string
  accessType: StorageFile['accessType']
}

/**
 * Stores a file for a bot: its contents first, so that no row is ever without them.
 * @throws InvalidPayload for contents that are no Base64; LimitExceeded; ReferenceNotFound for the bot; Forbidden
 */
export const createStorageFile = async (
  ctx: WorkspaceContext,
  { botId, contents, name, accessType }: NewStorageFile,
): Promise<StorageFile> => {
  const missing = (id: string) => referenceNotFound('botId', id)
  await reachBot(ctx, botId, missing)
  const bytes = fromBase64(contents)
  if (!bytes) throw invalidPayload('contents', 'has to be Base64')
  checkLimit(ctx, 'storageFileBytes', bytes.length)

  const id = newId('file')
  const [contentType, sizeBytes] = [contentTypeOf(name, bytes), bytes.length]
  await ctx.files.write(keyOf(id), bytes)
  const row = await storageFileRepository.create(ctx, { id, botId, name, accessType, contentType, sizeBytes })
  // The bot was deleted meanwhile: the sweep takes the contents.
  if (!row) throw missing(botId)
  return toStorageFile(ctx, row)
}
