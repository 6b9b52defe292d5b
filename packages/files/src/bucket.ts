import type { Readable } from 'node:stream'
import { S3, S3ServiceException } from '@aws-sdk/client-s3'
import type { FileStore } from './file-store.ts'
import { unavailable } from './files-unavailable.ts'
import type { BucketPlace } from './files-url.rules.ts'
import { partsOf } from './key.rules.ts'

/** No key leads here: areas do not begin with a dot. */
const PROBE = '.writable'

const CONNECT_TIMEOUT_MS = 5_000
/** Until the answer begins. How long it goes on is a matter of who reads it. */
const ANSWER_TIMEOUT_MS = 15_000
const WRITE_TIMEOUT_MS = 120_000
/** A reader that takes its time keeps a connection as long. */
const CONNECTIONS_MAX = 512

const NOT_FOUND = 404

/**
 * Contents as objects of a bucket, at Amazon's or at any server that speaks S3. An object is put in one request: whoever looks
 * sees all of it or nothing, and a write that was cut off leaves nothing behind.
 */
export const openBucket = async ({
  bucket,
  prefix,
  endpoint,
  region,
  forcePathStyle,
}: BucketPlace): Promise<FileStore> => {
  const s3 = new S3({
    forcePathStyle,
    ...(endpoint === undefined ? {} : { endpoint, region: 'us-east-1' }),
    ...(region === undefined ? {} : { region }),
    // Not every server knows the newer checksums; the signature covers a digest of what is written.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT_MS,
      requestTimeout: ANSWER_TIMEOUT_MS,
      throwOnRequestTimeout: true,
      socketTimeout: 0,
      httpAgent: { maxSockets: CONNECTIONS_MAX },
      httpsAgent: { maxSockets: CONNECTIONS_MAX },
    },
  })
  const put = (name: string, contents: Uint8Array): Promise<unknown> =>
    s3
      .putObject({ Bucket: bucket, Key: `${prefix}${name}`, Body: contents }, { requestTimeout: WRITE_TIMEOUT_MS })
      .catch(unavailable)
  const objectOf = (key: string) => {
    const { area, name } = partsOf(key)
    return { Bucket: bucket, Key: `${prefix}${area}/${name}` }
  }

  await put(PROBE, Buffer.alloc(0))
  return {
    write: async (key, contents) => {
      partsOf(key)
      await put(key, contents)
    },
    has: async (key) => (await s3.headObject(objectOf(key)).catch(none)) !== undefined,
    read: async (key, range) => {
      const Range = range && `bytes=${range.start}-${range.end}`
      const answer = await s3.getObject({ ...objectOf(key), Range }).catch(none)
      return answer?.Body as Readable | undefined
    },
    remove: async (key) => void (await s3.deleteObject(objectOf(key)).catch(unavailable)),
    async *list(area) {
      const within = { Bucket: bucket, Prefix: `${prefix}${area}/` }
      let next: string | undefined
      do {
        const page = await s3.listObjectsV2({ ...within, ContinuationToken: next }).catch(unavailable)
        for (const { Key: name, LastModified: writtenAt } of page.Contents ?? [])
          if (name && writtenAt) yield { key: name.slice(prefix.length), writtenAt }
        next = page.NextContinuationToken
      } while (next !== undefined)
    },
    clearDrafts: async () => {},
  }
}

/** Nothing there is no failure, but no bucket is one. @throws FilesUnavailable for everything else */
const none = (error: unknown): undefined => {
  const isMissing = error instanceof S3ServiceException && error.$metadata.httpStatusCode === NOT_FOUND
  return isMissing && error.name !== 'NoSuchBucket' ? undefined : unavailable(error)
}
