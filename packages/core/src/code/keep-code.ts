import type { Bulk } from '@understudy/contract'
import type { Transaction } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { keyOf } from './contents-key.ts'

/**
 * Keeps code before a row names it, equal code once. Until the transaction ends it is held against the sweep, which would
 * find it without a row.
 * @returns what the row has to say
 * @throws FilesUnavailable
 */
export const keepCode = async (
  { files }: PlatformContext,
  tx: Transaction,
  { bytes, sha256 }: Bulk,
): Promise<string> => {
  await tx.$queryRaw`select pg_advisory_xact_lock_shared(hashtextextended('code/' || ${sha256}, 0))::text`
  if (!(await files.has(keyOf(sha256)))) await files.write(keyOf(sha256), bytes)
  return sha256
}
