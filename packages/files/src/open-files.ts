import { fileURLToPath } from 'node:url'
import { openDirectory } from './directory.ts'
import type { FileStore } from './file-store.ts'

/**
 * Opens the place of contents that a URL names.
 * @param url `file:///…`: a directory, which is made if need be
 * @throws FilesUnavailable when nothing can be written there
 */
export const openFiles = (url: string): Promise<FileStore> => openDirectory(fileURLToPath(url))
