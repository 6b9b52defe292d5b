/**
 * Where a bot or an integration listens; undefined: nowhere, so that nobody calls it. Today that is the URL it has while it is
 * developed. What has been deployed as code will be found here as well.
 */
export const addressOf = ({ url }: { url: string | null }): string | undefined => url || undefined
