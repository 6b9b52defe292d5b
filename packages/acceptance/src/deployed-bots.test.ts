import type { Delivery, DeliveryAttempt } from '@understudy/contract'
import { listen } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { bundle } from './bundle.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import { SDK_VERSIONS } from './sdk-program.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

let server: Understudy
let admin: OfficialClient

beforeAll(async () => {
  server = await startUnderstudy()
  admin = officialClient('1.45.0', server.place)
})
afterAll(() => server.stop())

const SLOW = 120_000
const EVENTUALLY = { timeout: 60_000, interval: 100 }

/** A bot written by hand, without anything: says again what it hears, and what else it is told to. */
const BY_HAND = (prefix: string) => `
  exports.handler = async ({ headers, body }) => {
    if (headers['x-bp-operation'] !== 'event_received') return
    const { message } = JSON.parse(body).event.payload
    console.warn('heard', message.payload.text)
    const answer = await fetch(process.env.BP_API_URL + '/v1/chat/messages', {
      method: 'POST',
      headers: {
        authorization: 'Bearer ' + process.env.BP_TOKEN,
        'x-bot-id': process.env.BP_BOT_ID,
        'content-type': 'application/json',
      },
      body: JSON.stringify({
        conversationId: message.conversationId,
        userId: process.env.BP_BOT_ID,
        type: 'text',
        payload: { text: ${JSON.stringify(prefix)} + message.payload.text + (process.env.SECRET_MOOD ?? '') },
        tags: {},
      }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }`

const deploy = async (code: string, more: object = {}): Promise<string> => {
  const { bot } = await admin.createBot({ name: 'Deployed' })
  await admin.updateBot({ id: bot.id, code, ...more })
  return bot.id
}

/** Somebody with the link to a bot's emulator. */
const visitor = async (botId: string) => {
  const { code } = await admin.getBotWebchat({ id: botId, type: 'sharableUrl' })
  const [page = '', key = ''] = code.split('#')
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  let stream: Awaited<ReturnType<typeof listen>> | undefined
  onTestFinished(() => stream?.hangUp())
  return {
    say: async (text: string) => {
      const body = JSON.stringify({ userId: 'ann', conversationId: 'room', text })
      const answer = await fetch(`${page}/messages`, { method: 'POST', headers, body })
      expect(answer.status, await answer.clone().text()).toBe(201)
      stream ??= await listen(`${page}/conversations/room/stream`, headers)
    },
    heard: () =>
      (stream?.events ?? [])
        .map(({ data }) => (data as { message: { direction: string; payload: { text: string } } }).message)
        .filter(({ direction }) => direction === 'outgoing')
        .map(({ payload }) => payload.text),
  }
}

describe('deployed code', () => {
  test('that was written by hand answers in the emulator', { timeout: SLOW }, async () => {
    const ann = await visitor(await deploy(BY_HAND('You said: ')))
    await ann.say('Hello')
    await expect.poll(ann.heard, EVENTUALLY).toEqual(['You said: Hello'])
  })

  test.each(SDK_VERSIONS)('bundled with SDK %s answers in the emulator', { timeout: SLOW }, async (version) => {
    const ann = await visitor(await deploy(await bundle('deployed-echo-bot', version)))
    await ann.say('Hello')
    await expect.poll(ann.heard, EVENTUALLY).toEqual(['You said: Hello'])
  })

  test('is what was deployed last, with its secrets, and its log is the bot’s', { timeout: SLOW }, async () => {
    const id = await deploy(BY_HAND('One: '), { secrets: { MOOD: '!', OTHER: '?' } })
    const ann = await visitor(id)
    await ann.say('a')
    await expect.poll(ann.heard, EVENTUALLY).toEqual(['One: a!'])
    expect((await admin.getBot({ id })).bot.secrets.toSorted()).toEqual(['MOOD', 'OTHER'])

    await admin.updateBot({ id, code: BY_HAND('Two: '), secrets: { MOOD: null } })
    await expect
      .poll(async () => {
        await ann.say('b')
        return ann.heard()
      }, EVENTUALLY)
      .toContain('Two: b')
    expect((await admin.getBot({ id })).bot.secrets).toEqual(['OTHER'])

    const logs = async () =>
      (await admin.getBotLogs({ id, timeStart: new Date(0).toISOString() })).logs.map(({ level, message }) => [
        level,
        message,
      ])
    await expect.poll(logs, EVENTUALLY).toContainEqual(['warn', 'heard a'])
  })

  test('comes in with a key that ends with the bot, and is in no log', { timeout: SLOW }, async () => {
    const tells = `exports.handler = async () => {
      const key = process.env.BP_TOKEN
      console.log('key:' + Buffer.from(key).toString('hex') + ', ' + key)
    }`
    const id = await deploy(tells)
    await (await visitor(id)).say('Hello')
    const told = async () =>
      (await admin.getBotLogs({ id, timeStart: new Date(0).toISOString() })).logs
        .map(({ message }) => /key:([0-9a-f]+), (.*)/.exec(message))
        .find(Boolean)
    await expect.poll(told, EVENTUALLY).toBeDefined()
    const [, hex = '', logged] = (await told()) ?? []
    expect(logged).toBe('[redacted]')
    const token = Buffer.from(hex, 'hex').toString()
    const bot = officialClient('1.45.0', { url: server.place.url, token, botId: id })
    await expect(bot.listUsers({})).resolves.toBeDefined()
    await expect(bot.createBot({})).rejects.toMatchObject({ code: 403 })
    await admin.deleteBot({ id })
    const refusal = async () =>
      bot.listUsers({}).then(
        () => 0,
        (error: { code: number }) => error.code,
      )
    await expect.poll(refusal, EVENTUALLY).toBe(401)
  })
})

/** Why the first attempt of a bot's only delivery failed. */
const reasonOf = async (botId: string): Promise<string | null | undefined> => {
  const headers = { authorization: `Bearer ${server.place.token}`, 'x-bot-id': botId }
  const get = async <T>(path: string) =>
    (await (await fetch(`${server.place.url}/_understudy${path}`, { headers })).json()) as T
  const { deliveries } = await get<{ deliveries: Delivery[] }>('/deliveries')
  const [first] = deliveries.filter(({ failures }) => failures > 0)
  if (!first) return undefined
  const { attempts } = await get<{ attempts: DeliveryAttempt[] }>(`/deliveries/${first.id}`)
  return attempts.find(({ outcome }) => outcome === 'failed')?.reason
}

const HOSTILE: Record<string, [code: string, reason: RegExp]> = {
  'throws when it is loaded': ['throw new Error("no config")', /cannot be started: no config/],
  'exits in a call': ['exports.handler = () => process.exit(3)', /ended with exit code 3/],
  'is in an endless loop': ['exports.handler = () => { for (;;); }', /did not answer within 5000 ms/],
  'never answers': ['exports.handler = () => new Promise(() => {})', /did not answer within 5000 ms/],
  'takes 2 GB of memory': [
    'const a = []; exports.handler = async () => { for (let n = 0; n < 40; n++) { a.push(Buffer.alloc(5e7, 1)); await new Promise(setImmediate) } }',
    /more than \d+ bytes of memory|did not answer within 5000 ms/,
  ],
  forks: ['exports.handler = () => { require("child_process").fork(__filename) }', /restricted/],
  'reads the server’s environment': [
    'exports.handler = () => ({ body: require("fs").readFileSync(`/proc/${process.ppid}/environ`) })',
    /restricted/,
  ],
  'reads the server’s credentials': [
    'exports.handler = () => ({ body: require("fs").readFileSync(".understudy/credentials.env") })',
    /restricted/,
  ],
  'debugs the server': ['exports.handler = () => { process._debugProcess(process.ppid) }', /not allowed/],
  'floods its output': [
    'exports.handler = () => { for (;;) require("fs").writeSync(1, "x".repeat(60000)) }',
    /printed more than|did not answer within 5000 ms/,
  ],
  'answers 100 MB': ['exports.handler = () => ({ body: "x".repeat(1e8) })', /answered with more than \d+ bytes/],
  'answers garbage': ['exports.handler = () => ({ status: "fine", headers: 1 })', /something that is not/],
}

test('code that goes wrong in every way harms nobody else, and its owner reads why', {
  timeout: 2 * SLOW,
}, async () => {
  const good = await visitor(await deploy(BY_HAND('')))
  await good.say('0')
  await expect.poll(good.heard, EVENTUALLY).toHaveLength(1)
  const hostile = await Promise.all(
    Object.entries(HOSTILE).map(async ([what, [code, reason]]) => {
      const id = await deploy(code, reason.source.includes('within 5000 ms') ? { maxExecutionTime: 5 } : {})
      await (await visitor(id)).say('Hello')
      return { what, id, reason }
    }),
  )
  for (let n = 1; n <= 10; n++) {
    await good.say(String(n))
    await expect.poll(good.heard, EVENTUALLY).toHaveLength(n + 1)
  }
  for (const { what, id, reason } of hostile)
    await expect.poll(() => reasonOf(id), { ...EVENTUALLY, message: what }).toMatch(reason)
  expect(good.heard().toSorted()).toEqual(Array.from({ length: 11 }, (_, n) => String(n)).toSorted())
  expect((await fetch(`${server.place.url}/readyz`)).status).toBe(200)
})
