import type { WorkspaceContext } from '../context.ts'
import { keyOf } from './contents-key.ts'
import { storageFileRepository } from './storage-file.repository.ts'
import { storageFileOf } from './storage-file-of.ts'

/** Deletes a file and its contents. @throws ResourceNotFound; Forbidden */
export const deleteStorageFile = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  const row = await storageFileOf(ctx, id)
  await storageFileRepository.delete(ctx, row)
  // It is gone with its row: contents that cannot be reached now are left to the sweep.
  await ctx.files.remove(keyOf(id)).catch(() => {})
}
