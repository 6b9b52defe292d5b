import type { Contents } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { contentsOf } from './contents-of.ts'
import { storageFileRepository } from './storage-file.repository.ts'

/** The contents of a public file, for whoever knows its id; a private one is not there. @throws ResourceNotFound */
export const downloadPublicStorageFile = async (platform: PlatformContext, id: string): Promise<Contents> => {
  const row = await storageFileRepository.findPublic(platform, id)
  if (!row) throw notFound('file', id)
  return contentsOf(platform, row)
}
