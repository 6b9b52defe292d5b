import { fileURLToPath } from 'node:url'

/** A bucket and how it is reached; what is not told is the SDK's to find. */
export type BucketPlace = {
  bucket: string
  /** what every key begins with: nothing, or words that each end with a slash */
  prefix: string
  endpoint: string | undefined
  region: string | undefined
  forcePathStyle: boolean
}

/** Where contents lie, as FILES_URL names it. */
export type FilesPlace = { directory: string } | { bucket: BucketPlace }

const PARAMETERS = new Set(['endpoint', 'region', 'forcePathStyle'])
const BUCKET = /^[a-z0-9][a-z0-9.-]+$/
const PREFIX = /^[\w./-]*$/

/** Reads `file:///…` or `s3://bucket/prefix?endpoint=…&region=…&forcePathStyle=…`; undefined for anything else. */
export const readFilesUrl = (text: string): FilesPlace | undefined => {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.protocol === 's3:') return readBucketUrl(url)
  try {
    return { directory: fileURLToPath(url) }
  } catch {
    return undefined
  }
}

const readBucketUrl = ({ host, pathname, username, hash, searchParams }: URL): FilesPlace | undefined => {
  if (username || hash || !BUCKET.test(host) || !PREFIX.test(pathname)) return undefined
  if ([...searchParams.keys()].some((name) => !PARAMETERS.has(name))) return undefined
  const endpoint = searchParams.get('endpoint') ?? undefined
  if (endpoint !== undefined && !(URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol)))
    return undefined
  // Servers other than Amazon's seldom have a name for each bucket.
  const forcePathStyle = searchParams.get('forcePathStyle') ?? String(endpoint !== undefined)
  if (forcePathStyle !== 'true' && forcePathStyle !== 'false') return undefined
  const words = pathname.split('/').filter(Boolean)
  return {
    bucket: {
      bucket: host,
      prefix: words.map((word) => `${word}/`).join(''),
      endpoint,
      region: searchParams.get('region') ?? undefined,
      forcePathStyle: forcePathStyle === 'true',
    },
  }
}
