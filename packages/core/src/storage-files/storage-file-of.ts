import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { refuseBlocked } from './reach-bot.ts'
import type { StorageFileRow } from './storage-file.mapper.ts'
import { storageFileRepository } from './storage-file.repository.ts'

/** The row of a file within the caller's reach. @throws ResourceNotFound; Forbidden */
export const storageFileOf = async (ctx: WorkspaceContext, id: string): Promise<StorageFileRow> => {
  const row = await storageFileRepository.find(ctx, id)
  if (!row) throw notFound('file', id)
  refuseBlocked(row)
  return row
}
