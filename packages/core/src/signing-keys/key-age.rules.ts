/** How long an access token is good for. */
export const ACCESS_TOKEN_LIFETIME_MS = 3_600_000

/** A process may still sign with a key that another has just retired, by a clock of its own. */
const GRACE_MS = 60_000

/** Keys retired before this have no token left that they could verify. @param now by the wall clock */
export const oldestRetirement = (now: Date): Date => new Date(now.getTime() - ACCESS_TOKEN_LIFETIME_MS - GRACE_MS)
