import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { AREA, idOf } from './contents-key.ts'
import { storageFileRepository } from './storage-file.repository.ts'

/** Contents are written before their row: those of a request under way are younger than this. */
const ORPHAN_AGE_MS = 60 * 60 * 1000

const BATCH = 500

/**
 * Removes contents that no file has: of deleted bots, and of writes that were cut off. Safe to run twice and side by side.
 * Their age is a matter of the wall clock, whatever time bots live in.
 * @returns how many it were
 */
export const sweepStorageFiles = async (platform: PlatformContext): Promise<number> => {
  const before = new Date(wallClock.now().getTime() - ORPHAN_AGE_MS)
  await platform.files.clearDrafts(before)
  let removed = 0
  let batch: string[] = []
  for await (const { key, writtenAt } of platform.files.list(AREA)) {
    if (writtenAt >= before) continue
    batch.push(key)
    if (batch.length < BATCH) continue
    removed += await removeOrphans(platform, batch)
    batch = []
  }
  return removed + (await removeOrphans(platform, batch))
}

const removeOrphans = async (platform: PlatformContext, keys: readonly string[]): Promise<number> => {
  if (keys.length === 0) return 0
  const known = await storageFileRepository.known(platform, keys.map(idOf))
  const orphans = keys.filter((key) => !known.has(idOf(key)))
  await Promise.all(orphans.map((key) => platform.files.remove(key)))
  return orphans.length
}
