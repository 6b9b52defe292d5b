import { openDirectory } from './directory.ts'
import type { FileStore } from './file-store.ts'
import { readFilesUrl } from './files-url.rules.ts'

/**
 * Opens the place of contents that a URL names.
 * @param url `file:///…`: a directory, which is made if need be. `s3://bucket/prefix?endpoint=…&region=…&forcePathStyle=…`:
 *   a bucket, which is there; who may is told in the variables of Amazon's SDK
 * @throws FilesUnavailable when nothing can be written there
 */
export const openFiles = async (url: string): Promise<FileStore> => {
  const place = readFilesUrl(url)
  if (place === undefined) throw new Error('This is no URL of a place for contents.')
  if ('directory' in place) return openDirectory(place.directory)
  // It takes its time to load, and few need it.
  const { openBucket } = await import('./bucket.ts')
  return openBucket(place.bucket)
}
