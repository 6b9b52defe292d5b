/** How long an access token is good for, as its client is told. */
export const ACCESS_TOKEN_LIFETIME_MS = 3_600_000

/** Tokens are good for a little longer, and a process may sign with a key that another has just retired. */
const GRACE_MS = 60_000

/** Keys retired before this have no token left that they could verify. @param now by the wall clock */
export const oldestRetirement = (now: Date): Date => new Date(now.getTime() - ACCESS_TOKEN_LIFETIME_MS - GRACE_MS)
