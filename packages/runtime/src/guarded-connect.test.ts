import { createHook } from 'node:async_hooks'
import type { TLSSocket } from 'node:tls'
import { freePort } from '@understudy/testkit'
import { generate } from 'selfsigned'
import { expect, onTestFinished, test, vi } from 'vitest'
import { addressesOf } from './guarded-connect.ts'
import { createRuntime, type RuntimeOptions } from './index.ts'
import { bot, secureBot } from './testing/listen.ts'

const PUBLIC = '93.184.216.34'

/** A resolver that says something else every time, and what it was asked. */
const rebinding = (...answers: string[][]) => {
  const asked: string[] = []
  const resolve = async (host: string) => answers[Math.min(asked.push(host), answers.length) - 1] ?? []
  return { asked, resolve }
}

const runtime = (options: RuntimeOptions) => {
  const made = createRuntime(options)
  onTestFinished(() => made.close())
  return (url: string) => made.call({ url, headers: {}, body: '{}', timeoutMs: 5_000 })
}

/** How often this process has asked for a connection, from now on. */
const countDials = () => {
  let dials = 0
  const hook = createHook({
    init: (_id, type) => {
      if (type === 'TCPCONNECTWRAP') dials++
    },
  }).enable()
  onTestFinished(() => void hook.disable())
  return () => dials
}

test('a private address is not dialled, whatever name leads there', async () => {
  const { port, seen } = await bot((_request, response) => response.end())
  const dials = countDials()
  const call = runtime({ allowPrivateHosts: false, resolve: async () => ['127.0.0.1', '::1'] })
  for (const host of ['bot.example', 'localhost', '127.0.0.1', '127.1', '[::1]'])
    await expect(call(`http://${host}:${port}/`)).rejects.toMatchObject({
      reason: 'forbidden-address',
      retryable: false,
    })
  expect([dials(), seen.connections]).toEqual([0, 0])
})

test('a name that turns inward between two connections is not followed', async () => {
  const { resolve } = rebinding([PUBLIC], ['127.0.0.1'])
  const guard = { allowPrivateHosts: false, resolve }
  expect(await addressesOf('bot.example', guard)).toEqual([PUBLIC])
  await expect(addressesOf('bot.example', guard)).rejects.toMatchObject({ reason: 'forbidden-address' })
})

// The forbidden ones of these all lead to this very server where they are dialled.
test.each(['0.0.0.0', '::ffff:127.0.0.1', '169.254.169.254'])(
  'a pool that reconnects checks again: a name that has become %s is not dialled',
  async (inward) => {
    const { port, seen } = await bot((_request, response) => response.writeHead(200, { connection: 'close' }).end())
    const { resolve, asked } = rebinding(['127.0.0.1'], [inward], ['127.0.0.1'])
    const call = runtime({ allowPrivateHosts: true, resolve })
    const url = `http://bot.example:${port}/`
    await call(url)
    const dials = countDials()
    await expect(call(url)).rejects.toMatchObject({ reason: 'forbidden-address' })
    expect([dials(), seen.connections]).toEqual([0, 1])
    await call(url)
    expect([dials(), seen.connections]).toEqual([1, 2])
    expect(asked).toEqual(['bot.example', 'bot.example', 'bot.example'])
  },
)

test('what was checked is what is dialled: one question for one connection, none for one that is kept', async () => {
  const { port, seen } = await bot((_request, response) => response.end())
  const { resolve, asked } = rebinding(['127.0.0.1'])
  const call = runtime({ allowPrivateHosts: true, resolve })
  for (let n = 0; n < 20; n++) await call(`http://bot.example:${port}/`)
  expect([asked.length, seen.connections]).toEqual([1, 1])
})

test('of a name with several addresses the forbidden ones are not even tried', async () => {
  const port = await freePort()
  const dials = countDials()
  const call = runtime({ allowPrivateHosts: true, resolve: async () => ['0.0.0.0', '127.0.0.1', '::ffff:127.0.0.1'] })
  await expect(call(`http://bot.example:${port}/`)).rejects.toMatchObject({ reason: 'refused' })
  expect(dials()).toBe(1)
})

test('of several allowed addresses, one that is dead does not matter', async () => {
  const { port } = await bot((_request, response) => response.end('here'))
  const call = runtime({ allowPrivateHosts: true, resolve: async () => ['127.0.0.2', '::1', '127.0.0.1'] })
  expect(await call(`http://bot.example:${port}/`)).toMatchObject({ body: 'here' })
})

test('the Host header stays what the URL names', async () => {
  const { port } = await bot((request, response) => response.end(request.headers.host))
  const call = runtime({ allowPrivateHosts: true, resolve: async () => ['127.0.0.1'] })
  expect(await call(`http://bot.example:${port}/`)).toMatchObject({ body: `bot.example:${port}` })
})

test('the machine’s own resolver is asked when there is no other', async () => {
  const { port } = await bot((_request, response) => response.end('here'))
  expect(await runtime({ allowPrivateHosts: true })(`http://localhost:${port}/`)).toMatchObject({ body: 'here' })
  await expect(runtime({ allowPrivateHosts: false })('http://nowhere.invalid/')).rejects.toMatchObject({
    reason: 'unreachable',
    retryable: true,
  })
})

test('a name without an address is unreachable, not forbidden', async () => {
  const call = runtime({ allowPrivateHosts: false, resolve: async () => [] })
  await expect(call('http://bot.example/')).rejects.toMatchObject({ reason: 'unreachable', retryable: true })
})

test('a name server that keeps silent costs a call its time and no more', async () => {
  const { call, close } = createRuntime({ allowPrivateHosts: false, resolve: () => new Promise(() => {}) })
  await expect(call({ url: 'http://bot.example/', headers: {}, body: '{}', timeoutMs: 100 })).rejects.toMatchObject({
    reason: 'timeout',
  })
  void close()
})

/** A bot behind TLS that says by which name it was asked for, with a certificate that nobody vouches for. */
const ofNobody = async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'bot.example' }])
  return secureBot(
    (request, response) => {
      const { servername } = request.socket as TLSSocket & { servername: string }
      response.end(`${servername} ${request.headers.host}`)
    },
    { key, cert },
  )
}

test('over TLS too the name is the one of the URL', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
  onTestFinished(() => void vi.unstubAllEnvs())
  const { port } = await ofNobody()
  const call = runtime({ allowPrivateHosts: true, resolve: async () => ['127.0.0.1'] })
  expect(await call(`https://bot.example:${port}/`)).toMatchObject({ body: `bot.example bot.example:${port}` })
})

test('a certificate that nobody vouches for is refused', async () => {
  const { port, seen } = await ofNobody()
  const call = runtime({ allowPrivateHosts: true, resolve: async () => ['127.0.0.1'] })
  await expect(call(`https://bot.example:${port}/`)).rejects.toMatchObject({
    reason: 'unreachable',
    message: `bot.example:${port} cannot be reached (DEPTH_ZERO_SELF_SIGNED_CERT).`,
  })
  expect(seen.connections).toBe(1)
})

test('a bot that speaks no TLS is unreachable over https', async () => {
  const { port } = await bot((_request, response) => response.end())
  const call = runtime({ allowPrivateHosts: true })
  await expect(call(`https://127.0.0.1:${port}/`)).rejects.toMatchObject({ reason: 'unreachable' })
})
