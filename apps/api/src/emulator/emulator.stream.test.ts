import { once } from 'node:events'
import { connect } from 'node:net'
import type { Conversation, Message } from '@understudy/contract'
import { createPlatform, type PlatformContext, updateBot } from '@understudy/core'
import { connectDb } from '@understudy/db'
import { listen } from '@understudy/testkit'
import { pino } from 'pino'
import { beforeAll, expect, onTestFinished, test } from 'vitest'
import { buildApp } from '../app.ts'
import { movingClock } from '../testing/moving-clock.ts'
import { type Caller, startApi } from '../testing/start-api.ts'

const clock = movingClock()

let api: Awaited<ReturnType<typeof startApi>>
let bot: Caller
let base: string

beforeAll(async () => {
  api = await startApi({ clock })
  bot = await api.bot()
  base = `/_understudy/emulator/${api.home.botId}`
})

/** Far longer than anything here takes: machines are busy. */
const SOON = { timeout: 10_000 }

let rooms = 0
/** A conversation of its own, in which the user has said hello. */
const room = async (caller = api.emulator()) => {
  const name = `room-${++rooms}`
  const { status, body } = await caller.call('POST', `${base}/messages`, { conversationId: name, text: 'hello' })
  expect(status).toBe(201)
  const { message, conversation } = body as { message: Message; conversation: Conversation }
  return {
    name,
    hello: message.id,
    /** the bot says something in it */
    answer: async (text: string, more: object = {}) => {
      const said = {
        conversationId: conversation.id,
        userId: api.home.botId,
        type: 'text',
        payload: { text },
        tags: {},
      }
      expect((await bot.call('POST', '/v1/chat/messages', { ...said, ...more })).status).toBe(201)
    },
    listen: (headers: Record<string, string> = {}, query = '', url = api.url) =>
      heard(url, `${base}/conversations/${name}/stream${query}`, { ...caller.headers, ...headers }),
  }
}

const heard = async (url: string, path: string, headers: Record<string, string>) => {
  const stream = await listen(`${url}${path}`, headers)
  expect(stream.status).toBe(200)
  onTestFinished(() => stream.hangUp())
  return {
    ...stream,
    texts: () => stream.events.map(({ data }) => (data as { message: Message }).message.payload['text']),
    lastId: () => stream.events.at(-1)?.id ?? '',
  }
}

/** One more api process on the same database, with connections of its own. */
const anotherProcess = async (change: (platform: PlatformContext) => PlatformContext = (platform) => platform) => {
  const db = connectDb({ url: api.databaseUrl })
  const secretKey = 'a-secret-key-of-the-tests-0123456789'
  const platform = createPlatform({ db, secretKey, limits: 'generous', publicUrl: 'http://understudy.test', clock })
  const app = await buildApp(change(platform), pino({ level: 'silent' }))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    // A client may have opened a connection it has no use for yet: the server would wait for its first request.
    const closing = app.close()
    app.server.closeAllConnections()
    await closing
    await db.close()
  }
  onTestFinished(close)
  return { url, app, close }
}

test('both sides are heard, from the beginning and as it comes, each message once', async () => {
  const { listen: hear, answer } = await room()
  await answer('1')
  const stream = await hear()
  await expect.poll(stream.texts, SOON).toEqual(['hello', '1'])
  await answer('2')
  await answer('3')
  await expect.poll(stream.texts, SOON).toEqual(['hello', '1', '2', '3'])
  expect(stream.events[1]?.data).toMatchObject({ message: { direction: 'outgoing', userId: api.home.botId } })
})

test('whoever comes back with the last event heard, or a message, hears what follows it', async () => {
  const { hello, listen: hear, answer } = await room()
  await answer('1')
  const first = await hear()
  await expect.poll(first.texts, SOON).toEqual(['hello', '1'])
  first.hangUp()
  await answer('2')
  const again = await hear({ 'last-event-id': first.lastId() }, `?after=${hello}`)
  const elsewhere = await hear({}, `?after=${encodeURIComponent(first.lastId())}`)
  const answers = await hear({}, `?after=${hello}`)
  await answer('3')
  await expect.poll(again.texts, SOON).toEqual(['2', '3'])
  await expect.poll(elsewhere.texts, SOON).toEqual(['2', '3'])
  await expect.poll(answers.texts, SOON).toEqual(['1', '2', '3'])
})

test.each(['nonsense', 'msg_01J00000000000000000000000'])('%s is no place to go on from', async (after) => {
  const { name } = await room()
  const path = `${base}/conversations/${name}/stream?after=${after}`
  expect((await bot.call('GET', path)).body).toMatchObject({ code: 400, type: 'InvalidQuery' })
})

test('a message of another conversation is no place to go on from', async () => {
  const [{ name }, { hello }] = [await room(), await room()]
  const { body } = await bot.call('GET', `${base}/conversations/${name}/stream?after=${hello}`)
  expect(body).toMatchObject({ code: 400, type: 'InvalidQuery' })
})

test('what is said through one process is heard through another', async () => {
  const other = await anotherProcess()
  const { listen: hear, answer } = await room()
  const stream = await hear({}, '', other.url)
  await answer('1')
  await expect.poll(stream.texts, SOON).toEqual(['hello', '1'])
})

test('a long conversation is heard whole, in order, by several at once, with a connection that keeps breaking', async () => {
  const { listen: hear, answer } = await room()
  const sent = Array.from({ length: 250 }, (_, n) => String(n))
  const saying = (async () => {
    for (const text of sent) await answer(text)
  })()
  const patient = await hear()
  const texts: unknown[] = []
  let last = {}
  while (texts.length < sent.length + 1) {
    const stream = await hear(last)
    await expect.poll(() => stream.events.length, SOON).toBeGreaterThan(0)
    stream.hangUp()
    await stream.over
    texts.push(...stream.texts())
    last = { 'last-event-id': stream.lastId() }
  }
  await saying
  expect(texts).toEqual(['hello', ...sent])
  await expect.poll(patient.texts, SOON).toEqual(['hello', ...sent])
})

test('a scheduled message is heard when it is due, and not before', async () => {
  const { listen: hear, answer } = await room()
  await answer('later', { schedule: { delay: 60_000 } })
  await answer('now')
  const stream = await hear()
  await expect.poll(stream.texts, SOON).toEqual(['hello', 'now'])
  clock.advance(60_000)
  await expect.poll(stream.texts, SOON).toEqual(['hello', 'now', 'later'])
  const again = await hear({ 'last-event-id': stream.lastId() })
  await answer('after')
  await expect.poll(again.texts, SOON).toEqual(['after'])
})

test('a busy server does not mean a look per message and stream', async () => {
  let looks = 0
  const other = await anotherProcess((platform) => ({
    ...platform,
    db: {
      ...platform.db,
      rows: (statement, values) => {
        if (statement.name === 'messages.said') looks++
        return platform.db.rows(statement, values)
      },
    },
  }))
  const [quiet, busy] = [await room(), await room()]
  const stream = await quiet.listen({}, '', other.url)
  await expect.poll(stream.texts, SOON).toEqual(['hello'])
  looks = 0
  const since = performance.now()
  await Promise.all(Array.from({ length: 200 }, (_, n) => busy.answer(String(n))))
  await quiet.answer('1')
  await expect.poll(stream.texts, SOON).toEqual(['hello', '1'])
  expect(looks).toBeLessThanOrEqual((performance.now() - since) / 50 + 2)
})

test('a look that fails ends the stream, and whoever comes back misses nothing', async () => {
  let failing = false
  const other = await anotherProcess((platform) => ({
    ...platform,
    db: {
      ...platform.db,
      rows: (statement, values) =>
        failing && statement.name === 'messages.said'
          ? Promise.reject(new Error('The database is away.'))
          : platform.db.rows(statement, values),
    },
  }))
  const { listen: hear, answer } = await room()
  const stream = await hear({}, '', other.url)
  await expect.poll(stream.texts, SOON).toEqual(['hello'])
  failing = true
  await answer('1')
  await stream.over
  failing = false
  const again = await hear({ 'last-event-id': stream.lastId() }, '', other.url)
  await expect.poll(again.texts, SOON).toEqual(['1'])
})

/** Asks for a stream on a bare connection. */
const dial = async (url: string, conversation: string) => {
  const { hostname, port } = new URL(url)
  const { authorization = '' } = api.emulator().headers
  const socket = connect(Number(port), hostname)
  onTestFinished(() => void socket.destroy())
  await once(socket, 'connect')
  socket.write(
    `GET ${base}/conversations/${conversation}/stream HTTP/1.1\r\nhost: x\r\nauthorization: ${authorization}\r\n\r\n`,
  )
  return socket
}

test('a client that hangs up leaves nothing behind, however early', async () => {
  const other = await anotherProcess()
  const { name, listen: hear } = await room()
  const stream = await hear({}, '', other.url)
  expect(other.app.streams.size).toBe(1)
  stream.hangUp()
  await expect.poll(() => other.app.streams.size, SOON).toBe(0)

  for (let n = 0; n < 20; n++) {
    const socket = await dial(other.url, name)
    socket.destroy()
    await once(socket, 'close')
  }
  // Whoever comes after them is let in after them.
  const last = await hear({}, '', other.url)
  await expect.poll(last.texts, SOON).toEqual(['hello'])
  last.hangUp()
  await expect.poll(() => other.app.streams.size, SOON).toBe(0)
})

test('a server that stops ends its streams, also those nobody reads', async () => {
  const other = await anotherProcess()
  const { name, answer } = await room()
  for (let n = 0; n < 40; n++) await answer('x'.repeat(100_000))
  const [reader, stuck] = [await dial(other.url, name), await dial(other.url, name)]
  const read = { frames: 0, end: '' }
  reader.on('data', (data) => {
    read.frames += String(data).split('data: ').length - 1
    read.end = (read.end + String(data)).slice(-5)
  })
  stuck.pause()
  await expect.poll(() => read.frames, SOON).toBeGreaterThanOrEqual(41)
  expect(other.app.streams.size).toBe(2)
  await expect.poll(() => stuck.readableLength, SOON).toBeGreaterThan(0)
  // Nothing but the two streams keeps the server from ending.
  await other.app.close()
  await expect.poll(() => read.end, SOON).toBe('0\r\n\r\n')
})

test('nothing more is heard with a token that has been revoked', async () => {
  const token = await api.account('developer')
  const { listen: hear, answer } = await room(token)
  const stream = await hear()
  await expect.poll(stream.texts, SOON).toEqual(['hello'])
  const { secrets, db } = api.platform
  const hashes = secrets.hashesOf(token.headers['authorization']?.slice('Bearer '.length) ?? '')
  await db.prisma.token.deleteMany({ where: { hash: { in: hashes as Buffer<ArrayBuffer>[] } } })
  await expect.poll(async () => (await token.call('GET', '/v1/chat/users')).status, SOON).toBe(401)
  await answer('secret')
  await stream.over
  expect(stream.texts()).toEqual(['hello'])
})

test('nothing more is heard once the emulator is disabled', async () => {
  const { listen: hear, answer } = await room()
  const stream = await hear()
  await expect.poll(stream.texts, SOON).toEqual(['hello'])
  const integrationId = api.home.emulatorIntegrationId
  const enable = async (enabled: boolean) =>
    updateBot(await api.owner(), api.home.botId, { integrations: { emulator: { integrationId, enabled } } }, 'alias')
  await enable(false)
  onTestFinished(() => enable(true).then(() => {}))
  await answer('secret')
  await stream.over
  expect(stream.texts()).toEqual(['hello'])
})
