import { findPrincipal } from '../callers/index.ts'
import type { PlatformContext } from '../context.ts'

/** The first of these tokens that lets anybody in here: the database has only hashes of those it knows. */
export const knownToken = async (
  platform: PlatformContext,
  candidates: readonly (string | undefined)[],
): Promise<string | undefined> => {
  for (const token of candidates) if (token !== undefined && (await findPrincipal(platform, token))) return token
  return undefined
}
