import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { CallFailure } from '../call-failure.ts'
import type { Deployments } from './deployments.ts'
import { BACK_HEADER, PATHS, type Passed, type PassedBack } from './remote-deployments.ts'

export type ServeDeployments = {
  deployments: Deployments
  host: string
  port: number
  /** whether this is what our own processes call with */
  isKey: (key: string) => boolean
  /** what else is answered here, to everybody, by its path */
  pages?: Readonly<Record<string, () => Promise<Page>>>
  /** told of what went wrong on our side */
  onError: (error: unknown) => void
}

export type Page = { status: number; type: string; text: string }

const SWEEP_MS = 50

/** Takes calls of deployed code from other processes of the same server, on a port that clients never see. */
export const serveDeployments = async ({
  deployments,
  host,
  port,
  isKey,
  pages = {},
  onError,
}: ServeDeployments): Promise<{ port: number; close: () => Promise<void> }> => {
  const server = createServer({ requestTimeout: 0 }, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error)
      if (response.headersSent) response.destroy()
      else response.writeHead(500).end()
    })
  })
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<unknown> => {
    const page =
      request.method === 'GET' && Object.hasOwn(pages, request.url ?? '') ? pages[request.url ?? ''] : undefined
    if (page) {
      const { status, type, text } = await page()
      return response.writeHead(status, { 'content-type': type }).end(text)
    }
    if (!isKey(request.headers.authorization?.replace(/^Bearer /, '') ?? '')) return response.writeHead(401).end()
    const pass = { [PATHS.call]: passWhole, [PATHS.open]: passOpen }[request.url ?? '']
    if (request.method !== 'POST' || !pass) return response.writeHead(404).end()
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const body = Buffer.concat((await request.toArray()) as Uint8Array[]).toString()
    try {
      return await pass(JSON.parse(body) as Passed, gone.signal, response)
    } catch (error) {
      if (!(error instanceof CallFailure) || response.headersSent) throw error
      const { reason, message } = error
      return response.writeHead(200, headersFor({ failure: { reason, message } })).end()
    }
  }
  const passWhole: Pass = async ({ deployment, headers, body, ...caps }, signal, response) => {
    const bounds = { ...caps, signal, onSent: undefined }
    const { status, headers: told, cookies, bytes } = await deployments.call(deployment, { headers, body }, bounds)
    response.writeHead(200, headersFor({ answer: { status, headers: told, cookies } })).end(bytes)
  }
  const passOpen: Pass = async ({ deployment, headers, body, ...caps }, signal, response) => {
    const bounds = { ...caps, signal, onSent: undefined }
    const {
      body: bytes,
      status,
      headers: told,
      cookies,
    } = await deployments.open(deployment, { headers, body }, bounds)
    response.writeHead(200, headersFor({ answer: { status, headers: told, cookies } })).flushHeaders()
    // One that breaks off breaks the connection: the other side sees that it is not whole.
    await pipeline(bytes, response).catch(() => {})
  }
  server.listen(port, host)
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      // One that is idle only now would keep it open as long as its client likes.
      const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
      await closed
      clearInterval(sweep)
    },
  }
}

type Pass = (passed: Passed, signal: AbortSignal, response: ServerResponse) => Promise<void>

const headersFor = (back: PassedBack) => ({ [BACK_HEADER]: Buffer.from(JSON.stringify(back)).toString('base64') })
