import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { buffer, text } from 'node:stream/consumers'
import { freePort } from '@understudy/testkit'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Call, createRuntime, type RuntimeOptions } from './index.ts'
import { bot, speaker } from './testing/listen.ts'

const KB = 1024
const MB = 1024 * KB

/** A runtime that may call this machine, and a call of it that only needs a URL. */
const calling = (options: Partial<RuntimeOptions> = {}) => {
  const runtime = createRuntime({ allowPrivateHosts: true, ...options })
  onTestFinished(() => runtime.close())
  const call = (url: string, more: Partial<Call> = {}) =>
    runtime.call({ url, headers: {}, body: '{}', timeoutMs: 10_000, ...more })
  const open = (url: string, more: Partial<Call> = {}) =>
    runtime.open({ url, headers: {}, body: '{}', timeoutMs: 10_000, ...more })
  return { call, open, close: runtime.close }
}

const failed = (reason: string, retryable: boolean) => ({ name: 'CallFailure', reason, retryable })

/** Resolves when nobody is connected any more. */
const alone = (open: Set<Socket>) => expect.poll(() => open.size, { timeout: 10_000 }).toBe(0)

describe('an answer', () => {
  test('comes to a POST with the path, the headers and the body that were given', async () => {
    const { url } = await bot(async (request, response) => {
      const body = (await request.toArray()).join('')
      response.end(JSON.stringify([request.method, request.url, request.headers['x-bot-id'], body]))
    })
    const { body } = await calling().call(`${url}/a%2Fb/?c=d&e#f`, {
      headers: { 'x-bot-id': 'b1', 'content-type': 'application/json' },
      body: '{"text":"naïve 🎭"}',
    })
    expect(JSON.parse(body)).toEqual(['POST', '/a%2Fb/?c=d&e', 'b1', '{"text":"naïve 🎭"}'])
  })

  test('has status, headers and body as they were sent, and how long it took', async () => {
    const { url } = await bot((_request, response) =>
      response
        .writeHead(418, { 'X-Kind': 'teapot', 'set-cookie': ['a=1', 'b=2'], ['__proto__']: 'x' })
        .end('{"output":"naïve 🎭"}'),
    )
    const answer = await calling().call(url)
    expect(answer).toMatchObject({ status: 418, body: '{"output":"naïve 🎭"}', durationMs: expect.any(Number) })
    expect(answer.headers).toMatchObject({ 'x-kind': 'teapot', 'set-cookie': 'a=1, b=2' })
    expect(answer.durationMs).toBeGreaterThanOrEqual(0)
  })

  test.each([301, 302, 303, 307, 308])('is a redirect (%i) itself: it is not followed', async (status) => {
    const elsewhere = await bot((_request, response) => response.end())
    const { url } = await bot((_request, response) => response.writeHead(status, { location: elsewhere.url }).end())
    expect(await calling().call(url)).toMatchObject({ status, headers: { location: elsewhere.url } })
    expect(elsewhere.seen.connections).toBe(0)
  })

  test('is not one of those that only announce it', async () => {
    const { url } = await bot((_request, response) => {
      response.writeProcessing()
      response.writeEarlyHints({ link: '</style.css>; rel=preload' })
      response.writeHead(201).end('done')
    })
    expect(await calling().call(url)).toMatchObject({ status: 201, body: 'done' })
  })

  test('is 431 from a bot that cannot take so much configuration', async () => {
    const { url } = await bot((_request, response) => response.end())
    const headers = { 'x-bp-configuration': 'x'.repeat(27 * KB) }
    expect(await calling().call(url, { headers })).toMatchObject({ status: 431 })
  })

  test('may be as large as the limit, and end with the connection', async () => {
    const { url } = await speaker((socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${'x'.repeat(64 * KB)}`))
    expect((await calling({ responseMaxBytes: 64 * KB }).call(url)).body).toHaveLength(64 * KB)
  })
})

describe('an answer that is read while it comes', () => {
  /** A bot that answers what it is told to, bit by bit. */
  const slowBot = async (head: Record<string, string> = {}) => {
    const answers: ServerResponse[] = []
    const listening = await bot((_request, response) => {
      response.writeHead(201, head).flushHeaders()
      answers.push(response)
    })
    return { ...listening, answers }
  }
  const pour = (response: ServerResponse): void => {
    while (!response.destroyed)
      if (!response.write('x'.repeat(64 * KB))) return void response.once('drain', () => pour(response))
  }

  test('begins with its head, long before it is over', async () => {
    const { url, answers } = await slowBot({ 'x-kind': 'slow', 'set-cookie': 'a=1' })
    const { status, headers, cookies, body } = await calling().open(url)
    expect([status, headers['x-kind'], cookies]).toEqual([201, 'slow', ['a=1']])
    answers[0]?.write('first ')
    await expect.poll(() => body.readableLength).toBe(6)
    answers[0]?.end('last')
    expect(await text(body)).toBe('first last')
  })

  test('leaves the connection to others once it has all come in, read or not', async () => {
    const { url, seen } = await bot((_request, response) => response.end('x'.repeat(4 * MB)))
    const { open } = calling()
    const unread = await open(url)
    await expect.poll(() => unread.body.readableLength).toBe(4 * MB)
    expect((await buffer((await open(url)).body)).length).toBe(4 * MB)
    expect(seen.connections).toBe(1)
    expect((await buffer(unread.body)).length).toBe(4 * MB)
  })

  test('may be larger than what is kept of others, and takes no more memory', async () => {
    const { url } = await bot((_request, response) => response.end(Buffer.alloc(20 * MB)))
    const { body } = await calling({ responseMaxBytes: MB }).open(url)
    let [sizeBytes, keptBytes] = [0, 0]
    for await (const chunk of body as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length
      keptBytes = Math.max(keptBytes, body.readableLength)
    }
    expect([sizeBytes, keptBytes < 6 * MB]).toEqual([20 * MB, true])
  })

  test('of nobody who reads ends in time, and with it the connection', async () => {
    const { url, seen, answers } = await slowBot()
    const { body } = await calling().open(url, { timeoutMs: 500 })
    for (const answer of answers) pour(answer)
    await expect.poll(() => body.errored).toMatchObject(failed('timeout', true))
    await alone(seen.open)
  })

  test('that never stops is cut at the limit of bytes; one that announces more is not begun', async () => {
    const { url, seen, answers } = await slowBot()
    const { open } = calling({ openMaxBytes: MB })
    const { body } = await open(url)
    for (const answer of answers) pour(answer)
    await expect(buffer(body)).rejects.toMatchObject(failed('too-large', false))
    const large = await slowBot({ 'content-length': String(MB + 1) })
    await expect(open(large.url)).rejects.toMatchObject(failed('too-large', false))
    await alone(seen.open)
    await alone(large.seen.open)
  })

  test('that breaks off says so; one that is not wanted any more ends the call', async () => {
    const { url, seen, answers } = await slowBot()
    const { open } = calling()
    const [broken, unwanted] = [await open(url), await open(url)]
    answers[0]?.destroy()
    await expect(buffer(broken.body)).rejects.toMatchObject(failed('cut', true))
    unwanted.body.destroy()
    await alone(seen.open)
  })

  test('does not come from a bot that hangs, or that nobody can reach', async () => {
    const { url } = await bot(() => {})
    const { open } = calling()
    await expect(open(url, { timeoutMs: 200 })).rejects.toMatchObject(failed('timeout', true))
    await expect(open(`http://127.0.0.1:${await freePort()}`)).rejects.toMatchObject(failed('refused', true))
  })
})

describe('a connection', () => {
  test('is kept between calls', async () => {
    const { url, seen } = await bot((_request, response) => response.end())
    const { call } = calling()
    for (let n = 0; n < 50; n++) await call(url)
    expect(seen.connections).toBe(1)
  })

  test('is one of 128 to an origin, and calls beyond wait their turn', async () => {
    const waiting: (() => void)[] = []
    const { url, seen } = await bot((_request, response) => waiting.push(() => response.end()))
    const { call } = calling()
    const calls = Array.from({ length: 300 }, () => call(url))
    for (let answered = 0; answered < 300; ) {
      await expect.poll(() => waiting.length).toBeGreaterThan(0)
      for (const answer of waiting.splice(0)) {
        answer()
        answered++
      }
    }
    expect(new Set((await Promise.all(calls)).map(({ status }) => status))).toEqual(new Set([200]))
    expect(seen.connections).toBe(128)
  })

  test('is not kept where the bot says so', async () => {
    const { url, seen } = await bot((_request, response) => response.writeHead(200, { connection: 'close' }).end('x'))
    const { call } = calling()
    for (let n = 0; n < 20; n++) expect(await call(url)).toMatchObject({ status: 200, body: 'x' })
    expect(seen.connections).toBe(20)
  })

  test('that the bot closed while it was idle is replaced', async () => {
    const { url, seen, server } = await bot((_request, response) => response.end())
    const { call } = calling()
    for (let n = 1; n <= 20; n++) {
      expect(await call(url)).toMatchObject({ status: 200 })
      server.closeIdleConnections()
      await alone(seen.open)
    }
    expect(seen.connections).toBe(20)
  })

  test('that goes stale under a call ends the call: what may have arrived is not sent again', async () => {
    let heard = 0
    const { url, seen } = await speaker((socket, nth) => {
      heard++
      if (nth === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')
      else socket.destroy()
    })
    const { call } = calling()
    await call(url)
    await expect(call(url)).rejects.toMatchObject(failed('cut', true))
    expect([heard, seen.connections]).toEqual([2, 1])
    expect(await call(url)).toMatchObject({ status: 200 })
    expect([heard, seen.connections]).toEqual([3, 2])
  })

  test('is one of 512 that are kept idle; the one unused longest goes first', async () => {
    const { port, seen, server } = await bot((_request, response) => response.end())
    server.keepAliveTimeout = 60_000
    const { call } = calling({ resolve: async () => ['127.0.0.1'] })
    for (let n = 0; n < 600; n++) await call(`http://bot-${n}.example:${port}/`)
    await expect.poll(() => seen.open.size).toBe(512)
    await call(`http://bot-599.example:${port}/`)
    await call(`http://bot-88.example:${port}/`)
    expect(seen.connections).toBe(600)
    await call(`http://bot-0.example:${port}/`)
    expect(seen.connections).toBe(601)
  })
})

describe('there is no answer', () => {
  test('where nobody listens, however many ask', async () => {
    const url = `http://127.0.0.1:${await freePort()}`
    const { call } = calling()
    const ends = await Promise.allSettled(Array.from({ length: 300 }, () => call(url)))
    for (const end of ends) expect(end).toMatchObject({ status: 'rejected', reason: failed('refused', true) })
    await expect(call(url)).rejects.toThrow(`${new URL(url).host} refused the connection.`)
  })

  test('where nobody listens at any of several addresses', async () => {
    const { call } = calling({ resolve: async () => ['::1', '127.0.0.1'] })
    await expect(call(`http://bot.example:${await freePort()}`)).rejects.toMatchObject(failed('refused', true))
  })

  test('to a call with a header that none can carry: that is no failure of the bot', async () => {
    const { url, seen } = await bot((_request, response) => response.end())
    const { call } = calling()
    await expect(call(url, { headers: { 'x-bp-type': 'a\nb' } })).rejects.toMatchObject({
      name: 'InvalidArgumentError',
      message: 'invalid x-bp-type header',
    })
    expect(seen.connections).toBe(0)
    expect(await call(url)).toMatchObject({ status: 200 })
  })

  test('from a bot that hangs: the call ends in time, and with it the connection', async () => {
    const { url, seen } = await bot(() => {})
    await expect(calling().call(url, { timeoutMs: 200 })).rejects.toMatchObject(failed('timeout', true))
    await alone(seen.open)
    expect(seen.connections).toBe(1)
  })

  test('from one that never finishes its headers', async () => {
    const { url, seen } = await speaker((socket) => socket.write('HTTP/1.1 200 OK\r\nx-kind: '))
    await expect(calling().call(url, { timeoutMs: 200 })).rejects.toMatchObject(failed('timeout', true))
    await alone(seen.open)
  })

  test('from one that sends a byte at a time: the limit of time is that of the whole call', async () => {
    let bytes = 0
    const { url, seen } = await bot((_request, response) => {
      const drip = setInterval(() => {
        bytes++
        response.write('x')
      }, 20)
      response.on('close', () => clearInterval(drip))
    })
    await expect(calling().call(url, { timeoutMs: 1_000 })).rejects.toMatchObject(failed('timeout', true))
    await alone(seen.open)
    expect(bytes).toBeGreaterThan(2)
  })

  test('from one that never stops: it is cut at the limit of bytes', async () => {
    let bytes = 0
    const { url, seen } = await bot((_request, response) => {
      const pour = () => {
        while (!response.destroyed) {
          bytes += 64 * KB
          if (!response.write('x'.repeat(64 * KB))) return response.once('drain', pour)
        }
      }
      pour()
    })
    const { call } = calling({ responseMaxBytes: MB })
    await expect(call(url, { timeoutMs: 30_000 })).rejects.toMatchObject(failed('too-large', false))
    await alone(seen.open)
    // What lies in the buffers of both sides comes on top.
    expect(bytes).toBeLessThan(20 * MB)
  })

  test('from one that announces a gigabyte: it is not waited for', async () => {
    const { url, seen } = await bot((_request, response) => {
      response.writeHead(200, { 'content-length': 1024 * MB }).flushHeaders()
    })
    await expect(calling().call(url)).rejects.toMatchObject(failed('too-large', false))
    await alone(seen.open)
  })

  test('from one whose headers never end', async () => {
    const { url } = await speaker((socket) => {
      socket.write('HTTP/1.1 200 OK\r\n')
      const pour = () => {
        while (socket.write(`x-${'y'.repeat(1000)}: z\r\n`));
        socket.once('drain', pour)
      }
      pour()
    })
    await expect(calling().call(url)).rejects.toMatchObject(failed('too-large', false))
  })

  test.each([
    ['without a byte', ''],
    ['in the status line', 'HTTP/1.'],
    ['in the headers', 'HTTP/1.1 200 OK\r\nx-kind: '],
    ['in a body of known length', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nxxx'],
    ['in a body of chunks', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nxxx\r\n'],
  ])('from one that hangs up %s', async (_where, said) => {
    const { url } = await speaker((socket) => socket.end(said))
    await expect(calling().call(url)).rejects.toMatchObject(failed('cut', true))
  })

  test('from one that crashes under the call', async () => {
    const { url } = await speaker((socket) => socket.resetAndDestroy())
    await expect(calling().call(url)).rejects.toMatchObject(failed('cut', true))
  })

  test.each([
    'SSH-2.0-OpenSSH_9.2\r\n',
    '-ERR unknown command\r\n',
    '\u0000\u0001\u0002\u0003',
    'HTTP/9.9 999 What\r\n\r\n',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
    'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n',
  ])('from what does not speak HTTP as it should: %j', async (said) => {
    const { url } = await speaker((socket) => socket.end(said))
    await expect(calling().call(url)).rejects.toMatchObject(failed('cut', true))
  })

  test('to a call that is ended from here, before or while it runs', async () => {
    const { url, seen, server } = await bot(() => {})
    const { call } = calling()
    await expect(call(url, { signal: AbortSignal.abort() })).rejects.toMatchObject(failed('aborted', true))
    expect(seen.connections).toBe(0)
    const ending = new AbortController()
    const running = call(url, { signal: ending.signal })
    await once(server, 'request')
    ending.abort()
    await expect(running).rejects.toMatchObject(failed('aborted', true))
    await alone(seen.open)
  })

  test('to any number of calls that one signal ends', async () => {
    const warnings: Error[] = []
    const warn = (warning: Error) => void warnings.push(warning)
    process.on('warning', warn)
    onTestFinished(() => void process.off('warning', warn))
    let heard = 0
    const { url, seen } = await bot(() => heard++)
    const { call } = calling()
    const ending = new AbortController()
    const calls = Array.from({ length: 50 }, () => call(url, { signal: ending.signal }))
    await expect.poll(() => heard).toBe(50)
    ending.abort()
    for (const end of await Promise.allSettled(calls)) expect(end).toMatchObject({ reason: failed('aborted', true) })
    await alone(seen.open)
    expect(warnings).toEqual([])
  })

  test('to a call that waited for its turn too long, and the others do not notice', async () => {
    const waiting: (() => void)[] = []
    const { url, seen } = await bot((_request, response) => waiting.push(() => response.end()))
    const { call } = calling()
    const patient = Array.from({ length: 128 }, () => call(url))
    await expect.poll(() => waiting.length).toBe(128)
    await expect(call(url, { timeoutMs: 50 })).rejects.toMatchObject(failed('timeout', true))
    const next = call(url)
    for (const answer of waiting.splice(0)) answer()
    await Promise.all(patient)
    await expect.poll(() => waiting.length).toBe(1)
    waiting[0]?.()
    expect(await next).toMatchObject({ status: 200 })
    expect(seen.connections).toBe(128)
  })
})

test('closing waits for the calls that run, and makes no others', async () => {
  const waiting: (() => void)[] = []
  const { url, seen } = await bot((_request, response) => waiting.push(() => response.end('done')))
  const { call, close } = calling()
  const running = call(url)
  await expect.poll(() => waiting.length).toBe(1)
  let closed = false
  const closing = close().then(() => {
    closed = true
  })
  await expect(call(url)).rejects.toMatchObject(failed('aborted', true))
  expect(closed).toBe(false)
  waiting[0]?.()
  expect(await running).toMatchObject({ body: 'done' })
  await closing
  await alone(seen.open)
})
