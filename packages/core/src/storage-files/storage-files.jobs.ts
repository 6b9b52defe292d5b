import { defineJobs } from '@understudy/queue'
import { z } from 'zod'

/** What happens to files without anybody asking. */
export const storageFilesJobs = defineJobs({
  /** The sweep over contents that no file has, of all bots. */
  'storage-files.sweep': { payload: z.object({}) },
})
