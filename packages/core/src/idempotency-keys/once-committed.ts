import type { PlatformContext } from '../context.ts'

/**
 * Does what may not be done within a transaction, now or, in a request under a key, as soon as that has committed: whoever is
 * called sees what was written, and nothing is held meanwhile. A process that dies in between does it not at all.
 */
export const onceCommitted = async (
  platform: PlatformContext,
  act: (platform: PlatformContext) => Promise<void>,
): Promise<void> => {
  if (platform.afterCommit) platform.afterCommit(act)
  else await act(platform)
}
