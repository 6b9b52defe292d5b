export type { ByteRange, FileStore, StoredFile } from './file-store.ts'
export { FilesUnavailable } from './files-unavailable.ts'
export { openFiles } from './open-files.ts'
