import { storageFilesOperations } from '@understudy/contract'
import {
  createStorageFile,
  deleteStorageFile,
  downloadPublicStorageFile,
  downloadStorageFile,
  getStorageFile,
  listStorageFiles,
} from '@understudy/core'
import { implement } from '../http/implement.ts'

export const storageFilesRoutes = implement(storageFilesOperations, {
  createStorageFile: async ({ body }, ctx) => ({
    file: await createStorageFile(ctx, { ...body, contents: body.contents.bytes }),
  }),
  getStorageFile: async ({ params }, ctx) => ({ file: await getStorageFile(ctx, params.id) }),
  downloadStorageFile: ({ params }, ctx) => downloadStorageFile(ctx, params.id),
  downloadPublicStorageFile: ({ params }, ctx) => downloadPublicStorageFile(ctx, params.id),
  deleteStorageFile: async ({ params }, ctx) => {
    await deleteStorageFile(ctx, params.id)
    return {}
  },
  listStorageFiles: ({ query }, ctx) => listStorageFiles(ctx, query),
})
