/** The largest request that may carry code, in bytes. */
export const DEPLOYMENT_LIMIT_BYTES = 100 * 1024 * 1024
