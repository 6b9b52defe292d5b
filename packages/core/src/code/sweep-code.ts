import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { codeRepository } from './code.repository.ts'
import { AREA, digestOf, keyOf } from './contents-key.ts'

/** Code is written before its row: that of a deployment under way is younger than this. */
const ORPHAN_AGE_MS = 60 * 60 * 1000

const BATCH = 500

/**
 * Removes code that no bot and no integration has any more. Safe to run twice and side by side, and while the same code is
 * deployed again: whoever comes second finds out.
 * @returns how many it were
 */
export const sweepCode = async (platform: PlatformContext): Promise<number> => {
  const before = new Date(wallClock.now().getTime() - ORPHAN_AGE_MS)
  let removed = 0
  let batch: string[] = []
  for await (const { key, writtenAt } of platform.files.list(AREA)) {
    if (writtenAt >= before) continue
    batch.push(digestOf(key))
    if (batch.length < BATCH) continue
    removed += await removeOrphans(platform, batch)
    batch = []
  }
  return removed + (await removeOrphans(platform, batch))
}

const removeOrphans = async ({ db, files }: PlatformContext, digests: readonly string[]): Promise<number> => {
  if (digests.length === 0) return 0
  const named = await codeRepository.named(db, digests)
  let removed = 0
  for (const digest of digests)
    if (!named.has(digest))
      await db.atomically(async (rows) => {
        await codeRepository.hold(rows, digest)
        if ((await codeRepository.named({ rows }, [digest])).size > 0) return
        await files.remove(keyOf(digest))
        removed++
      })
  return removed
}
