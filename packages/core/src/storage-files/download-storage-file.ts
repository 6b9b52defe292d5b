import type { Contents } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { contentsOf } from './contents-of.ts'
import { storageFileOf } from './storage-file-of.ts'

/** The contents of a file, public or private, to be opened. @throws ResourceNotFound; Forbidden */
export const downloadStorageFile = async (ctx: WorkspaceContext, id: string): Promise<Contents> =>
  contentsOf(ctx, await storageFileOf(ctx, id))
