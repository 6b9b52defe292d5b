import type { Contents } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import { keyOf } from './contents-key.ts'
import type { StorageFileRow } from './storage-file.mapper.ts'

/** The contents of a file, to be opened. What opens them throws ResourceGone where they are not there any more. */
export const contentsOf = ({ files }: PlatformContext, row: StorageFileRow): Contents => ({
  tag: row.id,
  name: row.name,
  contentType: row.content_type,
  sizeBytes: Number(row.size_bytes),
  isPublic: row.access_type === 'public',
  open: async (range) => {
    const contents = await files.read(keyOf(row.id), range)
    if (!contents) throw new ApiError('ResourceGone', `The contents of the file "${row.id}" are not there any more.`)
    return contents
  },
})
