export type { ByteRange, FileStore, StoredFile } from './file-store.ts'
export { FilesUnavailable } from './files-unavailable.ts'
export { readFilesUrl } from './files-url.rules.ts'
export { openFiles } from './open-files.ts'
