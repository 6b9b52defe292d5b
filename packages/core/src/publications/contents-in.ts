import { Readable } from 'node:stream'
import type { Contents } from '@understudy/contract'

/** Bytes that a row holds, under an address that names them. */
export const contentsIn = (bytes: Buffer, what: Pick<Contents, 'tag' | 'name' | 'contentType'>): Contents => ({
  ...what,
  sizeBytes: bytes.length,
  isPublic: true,
  isLasting: true,
  open: async ({ start, end } = { start: 0, end: bytes.length - 1 }) => Readable.from([bytes.subarray(start, end + 1)]),
})
