import type { FileStore } from '@understudy/files'

const refuse = (): never => {
  throw new Error('This process has no place for contents.')
}

/** Stands where a process has nothing to do with contents. */
export const noFiles: FileStore = {
  write: async () => refuse(),
  has: async () => refuse(),
  read: async () => refuse(),
  remove: async () => refuse(),
  list: () => refuse(),
  clearDrafts: async () => refuse(),
}
