import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

type StoredObject = { bytes: Buffer; writtenAt: Date }

/** The credentials it knows, in the variables that Amazon's SDK reads. */
const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'understudy', AWS_SECRET_ACCESS_KEY: 'understudy' }

const BUCKET = 'contents'

/**
 * A small server that speaks S3 as far as objects go that are put, got (or a range of them), listed and removed, in memory,
 * with one bucket addressed by its path. It checks who asks and the digest of what is written, as the real ones do.
 * @param pageMax how many objects it lists at a time
 */
export const startObjectStore = async ({ pageMax = 1000 } = {}) => {
  const objects = new Map<string, StoredObject>()
  const faults = { hangsUp: false }
  const server = createServer((request, response) => {
    // Half of what somebody wanted to write is nothing.
    answer(request, response).catch(() => response.destroy())
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    if (faults.hangsUp) return request.socket.destroy()
    const url = new URL(request.url ?? '', 'http://store')
    const [, bucket = '', name = ''] = /^\/([^/]+)\/?(.*)$/.exec(decodeURIComponent(url.pathname)) ?? []
    const bytes = await buffer(request)
    if (!request.headers.authorization?.includes(`Credential=${CREDENTIALS.AWS_ACCESS_KEY_ID}/`))
      return refuse(response, 403, 'InvalidAccessKeyId')
    if (bucket !== BUCKET) return refuse(response, 404, 'NoSuchBucket')
    if (request.method === 'GET' && url.searchParams.get('list-type') === '2') return list(response, url.searchParams)
    if (request.method === 'PUT') return put(request, response, name, bytes)
    if (request.method === 'DELETE') {
      objects.delete(name)
      return response.writeHead(204).end()
    }
    const found = objects.get(name)
    if (!found) return refuse(response, 404, request.method === 'HEAD' ? 'NotFound' : 'NoSuchKey')
    return request.method === 'HEAD'
      ? response.writeHead(200, { 'content-length': found.bytes.length }).end()
      : get(response, found, request.headers.range)
  }
  const put = ({ headers }: IncomingMessage, response: ServerResponse, name: string, bytes: Buffer) => {
    if (headers['x-amz-content-sha256'] !== createHash('sha256').update(bytes).digest('hex'))
      return refuse(response, 400, 'XAmzContentSHA256Mismatch')
    objects.set(name, { bytes, writtenAt: new Date() })
    return response.writeHead(200, { etag: '"1"' }).end()
  }
  const list = (response: ServerResponse, query: URLSearchParams) => {
    const after = query.get('continuation-token') ?? ''
    const names = [...objects.keys()].filter((name) => name.startsWith(query.get('prefix') ?? '') && name > after)
    const page = names.toSorted().slice(0, pageMax)
    const more = names.length > page.length ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    const contents = page.map((name) => {
      const { bytes, writtenAt } = objects.get(name) as StoredObject
      return `<Contents><Key>${name}</Key><LastModified>${writtenAt.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`
    })
    return xml(
      response,
      200,
      `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${contents.join('')}${more}</ListBucketResult>`,
    )
  }
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    credentials: CREDENTIALS,
    /** FILES_URL for it */
    url: (prefix = '') => `s3://${BUCKET}/${prefix}?endpoint=${encodeURIComponent(endpoint)}`,
    /** what it holds, by the whole names */
    objects,
    /** set so that it ends every connection before it has read what is sent */
    faults,
    stop: async () => {
      server.closeAllConnections()
      if (server.listening) await once(server.close(), 'close')
    },
  }
}

const get = (response: ServerResponse, { bytes }: StoredObject, range?: string) => {
  const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(range ?? '') ?? []
  if (start === undefined || end === undefined)
    return response.writeHead(200, { 'content-length': bytes.length }).end(bytes)
  const part = bytes.subarray(Number(start), Number(end) + 1)
  const place = `bytes ${start}-${end}/${bytes.length}`
  return response.writeHead(206, { 'content-length': part.length, 'content-range': place }).end(part)
}

const refuse = (response: ServerResponse, status: number, code: string) =>
  xml(response, status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`)

const xml = (response: ServerResponse, status: number, body: string) =>
  response.writeHead(status, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`)
