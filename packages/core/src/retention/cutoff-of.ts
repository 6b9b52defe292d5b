import type { PlatformContext } from '../context.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/** What nobody has touched since then is old; undefined where everything is kept. */
export const cutoffOf = ({ clock, retentionDays }: PlatformContext): Date | undefined =>
  retentionDays === 0 ? undefined : new Date(clock.now().getTime() - retentionDays * DAY_MS)
