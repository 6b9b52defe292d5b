import type { StorageFile } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { toStorageFile } from './storage-file.mapper.ts'
import { storageFileOf } from './storage-file-of.ts'

/** What is known of a file. @throws ResourceNotFound; Forbidden */
export const getStorageFile = async (ctx: WorkspaceContext, id: string): Promise<StorageFile> =>
  toStorageFile(ctx, await storageFileOf(ctx, id))
