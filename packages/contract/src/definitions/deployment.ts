/** The largest request that may carry code, in bytes. */
export const DEPLOYMENT_LIMIT_BYTES = 100 * 1024 * 1024

/** The member of such a request that may be that large. */
export const CODE = { member: 'code', encoding: 'utf8' } as const
