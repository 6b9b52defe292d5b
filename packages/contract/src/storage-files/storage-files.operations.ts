import { z } from 'zod'
import { BulkText } from '../common/bulk.ts'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { StorageFile } from './storage-file.schema.ts'

const NAME_MAX = 1000

/** More than the largest file there may be: a little too much is told in its own unit. */
const BODY_LIMIT_BYTES = 40 * 1024 * 1024

const StorageFileAnswer = z.object({ file: StorageFile })

/** The files of the beta, which later made room for another API under the ids it had here (`createFile`, …). */
export const storageFilesOperations = defineOperations({
  createStorageFile: {
    method: 'POST',
    path: '/v1/storage/files',
    summary: 'Store a file of a bot',
    tenant: 'workspace',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: z.object({
      botId: z.string(),
      contents: BulkText.describe('In Base64.'),
      name: z.string().max(NAME_MAX),
      accessType: StorageFile.shape.accessType,
    }),
    bodyLimitBytes: BODY_LIMIT_BYTES,
    bulk: { member: 'contents', encoding: 'base64' },
    status: 200,
    response: StorageFileAnswer,
  },
  getStorageFile: {
    method: 'GET',
    path: '/v1/storage/files/:id',
    summary: 'Read what is known of a file',
    tenant: 'workspace',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: StorageFileAnswer,
  },
  downloadStorageFile: {
    method: 'GET',
    path: '/v1/storage/files/:id/download',
    summary: 'Read the contents of a file, or a range of them',
    tenant: 'workspace',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: z.file(),
    contents: true,
  },
  /** Our own: where `publicUrl` leads. */
  downloadPublicStorageFile: {
    method: 'GET',
    path: '/_understudy/storage/files/:id',
    summary: 'Read the contents of a public file, or a range of them',
    tenant: 'nobody',
    access: { public: true },
    params: PathId,
    status: 200,
    response: z.file(),
    contents: true,
  },
  deleteStorageFile: {
    method: 'DELETE',
    path: '/v1/storage/files/:id',
    summary: 'Delete a file with its contents',
    tenant: 'workspace',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
  listStorageFiles: {
    method: 'GET',
    path: '/v1/storage/files',
    summary: 'List the files of a bot, newest first',
    tenant: 'workspace',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    query: PageQuery.extend({ botId: z.string() }),
    status: 200,
    response: z.object({ files: z.array(StorageFile), meta: PageMeta }),
  },
})
