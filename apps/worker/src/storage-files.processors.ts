import { type PlatformContext, type storageFilesJobs, sweepStorageFiles } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const storageFilesProcessors: Processors<typeof storageFilesJobs, PlatformContext> = {
  'storage-files.sweep': async (_payload, platform) => void (await sweepStorageFiles(platform)),
}
