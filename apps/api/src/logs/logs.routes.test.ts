import type { Log } from '@understudy/contract'
import { createBot, createIntegration, type LogLine, newUuid, updateBot, writeLogs } from '@understudy/core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { movingClock } from '../testing/moving-clock.ts'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

const clock = movingClock()
let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
let botId: string

beforeAll(async () => {
  api = await startApi({ clock })
  owner = await api.account('owner')
})
beforeEach(async () => {
  botId = (await createBot(await api.owner(), {})).id
})

type Page = { logs: Log[]; nextToken?: string }
const ok = ({ status, body }: Answer): Page => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body as unknown as Page
}
const pathOf = (kind: 'bots' | 'integrations', id: string, query: Record<string, string>) =>
  `/v1/admin/${kind}/${id}/logs?${new URLSearchParams(query).toString()}`
const read = async (query: Record<string, string> = {}, id = botId, kind: 'bots' | 'integrations' = 'bots') =>
  ok(await owner.call('GET', pathOf(kind, id, query)))
const messages = async (query: Record<string, string> = {}, id = botId, kind: 'bots' | 'integrations' = 'bots') =>
  (await read(query, id, kind)).logs.map(({ message }) => message)
const walk = async (query: Record<string, string> = {}) => {
  const pages: string[][] = []
  let nextToken: string | undefined
  do {
    const page = await read({ ...query, ...(nextToken ? { nextToken } : {}) })
    pages.push(page.logs.map(({ message }) => message))
    nextToken = page.nextToken
  } while (nextToken)
  return pages
}
const line = (message: string, more: Partial<LogLine> = {}): LogLine => ({ botId, level: 'info', message, ...more })
const write = (...lines: LogLine[]) => writeLogs(api.platform, lines)
const ago = (ms: number) => new Date(clock.now().getTime() - ms)

describe('the log of a bot', () => {
  test('has its lines with all that belongs to them, newest first, and those of one moment as they were said', async () => {
    const of = { conversationId: 'conv_1', userId: 'user_1', workflowId: 'wrkflow_1' }
    await write(line('first'), line('second', { level: 'error', ...of }))
    clock.advance(1)
    await write(line('third', { level: 'warn' }))
    expect(await read()).toEqual({
      logs: [
        { timestamp: clock.now().toISOString(), level: 'warn', message: 'third' },
        { timestamp: ago(1).toISOString(), level: 'error', message: 'second', ...of },
        { timestamp: ago(1).toISOString(), level: 'info', message: 'first' },
      ],
    })
  })

  test('is read by level, conversation, user, workflow and piece of text, all of which have to fit', async () => {
    await write(
      line('Hello World', { level: 'debug' }),
      line('100% of_it', { conversationId: 'c', userId: 'u' }),
      line('other', { conversationId: 'c', userId: 'v', workflowId: 'w' }),
    )
    expect(await messages({ level: 'debug' })).toEqual(['Hello World'])
    expect(await messages({ level: 'DEBUG' })).toEqual(['Hello World'])
    expect(await messages({ level: 'shout' })).toEqual([])
    expect(await messages({ conversationId: 'c' })).toEqual(['other', '100% of_it'])
    expect(await messages({ conversationId: 'c', userId: 'u' })).toEqual(['100% of_it'])
    expect(await messages({ workflowId: 'w' })).toEqual(['other'])
    expect(await messages({ messageContains: 'o wor' })).toEqual(['Hello World'])
    // What stands for anything elsewhere stands for itself here.
    expect(await messages({ messageContains: '%' })).toEqual(['100% of_it'])
    expect(await messages({ messageContains: '.*' })).toEqual([])
  })

  test('goes back 24 hours unless told, at most 30 days, and to where it is told', async () => {
    const said = (days: number) => line(`${days}`, { saidAt: ago(days * DAY_MS - 1) })
    await write(said(31), said(30), said(2), said(1), said(0.5))
    expect(await messages()).toEqual(['0.5', '1'])
    const from = (days: number) => ago(days * DAY_MS).toISOString()
    expect(await messages({ timeStart: from(2) })).toEqual(['0.5', '1', '2'])
    expect(await messages({ timeStart: from(365) })).toEqual(['0.5', '1', '2', '30'])
    expect(await messages({ timeStart: from(3), timeEnd: from(1.5) })).toEqual(['2'])
    expect(await messages({ timeStart: from(1), timeEnd: from(2) })).toEqual([])
    const junk = await owner.call('GET', pathOf('bots', botId, { timeStart: 'yesterday' }))
    expect(junk.body).toMatchObject({ code: 400, type: 'InvalidQuery', metadata: { field: 'timeStart' } })
  })

  test('comes page by page without a gap or a repetition while others write', async () => {
    const written = Array.from({ length: 250 }, (_, n) => `line ${n}`)
    await write(...written.map((message) => line(message)))
    const first = await read()
    await write(line('later'), line('late to arrive', { saidAt: ago(HOUR_MS) }))
    const second = await read({ nextToken: first.nextToken ?? '' })
    const third = await read({ nextToken: second.nextToken ?? '' })
    const seen = [first, second, third].flatMap(({ logs }) => logs.map(({ message }) => message))
    expect(seen).toEqual([...written.toReversed(), 'late to arrive'])
    expect(third.nextToken).toBeUndefined()
    const forged = await owner.call('GET', pathOf('bots', botId, { nextToken: first.nextToken ?? '', level: 'info' }))
    expect(forged.body).toMatchObject({ code: 400, type: 'InvalidQuery' })
  })

  test('reads no more than so many lines for one page, and finds the needle on a later one', async () => {
    await write(line('needle', { saidAt: ago(HOUR_MS) }))
    const hay = Array.from({ length: 2_500 }, () => line('hay'))
    for (let n = 0; n < 5; n++) await write(...hay)
    const pages = await walk({ messageContains: 'NEEDLE' })
    expect(pages).toEqual([[], ['needle']])
  })

  test('keeps no secrets, no more than fits, and whatever characters there are', async () => {
    await write(line(`key bp_bak_${'x'.repeat(32)}`), line('\0\uD800'), line('y'.repeat(100_000)))
    const [long, odd, secret] = await messages()
    expect([secret, odd]).toEqual(['key [redacted]', '\uFFFD'])
    expect(long?.length).toBe(8 * 1024 + 1)
  })

  test('has a line of one source once, and none of a bot that is gone', async () => {
    const gone = newUuid()
    const lines = [line('once', { source: 'a' }), line('gone', { botId: gone }), line('again'), line('again')]
    expect(await write(...lines)).toHaveLength(3)
    expect(await write(line('once more', { source: 'a' }))).toEqual([])
    expect(await messages()).toEqual(['again', 'again', 'once'])
  })
})

describe('the log of an integration', () => {
  test('has its lines in all bots, and bots have those it shows them', async () => {
    const admin = await api.owner()
    const versions = await Promise.all(
      ['1.0.0', '1.1.0'].map(
        async (version) => (await createIntegration(admin, { name: `of${newUuid().slice(0, 8)}`, version })).id,
      ),
    )
    const [integrationId = '', other = ''] = versions
    const bot = (await createBot(admin, {})).id
    await updateBot(admin, bot, { integrations: { it: { integrationId, enabled: true } } }, 'alias')
    await write(
      line('to itself', { integrationId }),
      line('to the bot too', { integrationId, visibleToBotOwners: true, botId: bot }),
      line('to the bot alone', { integrationId, visibleToBotOwners: true, hiddenToIntegrationOwners: true }),
      line('of another version', { integrationId: other, userId: 'u' }),
      line('of the bot'),
    )
    expect(await messages({}, integrationId, 'integrations')).toEqual(['to the bot too', 'to itself'])
    expect(await messages({}, other, 'integrations')).toEqual(['of another version'])
    expect(await messages({ userId: 'x' }, other, 'integrations')).toEqual([])
    expect(await messages()).toEqual(['of the bot', 'to the bot alone'])
    expect(await messages({}, bot)).toEqual(['to the bot too'])
  })

  test('is for the workspace it is of: a public one of another is as good as none', async () => {
    const { asOwner } = await api.neighbour()
    const { emulatorIntegrationId } = api.home
    expect((await owner.call('GET', pathOf('integrations', emulatorIntegrationId, {}))).status).toBe(200)
    expect((await asOwner.call('GET', pathOf('integrations', emulatorIntegrationId, {}))).status).toBe(404)
  })
})
