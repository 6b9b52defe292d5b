import { database, freePort } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, type Member, prepareCluster } from './cluster.ts'
import { officialClient } from './official-client.ts'

const SLOW = 120_000

let cluster: Cluster
let inside: string
const members: Member[] = []

beforeAll(async () => {
  const port = await freePort()
  inside = `http://127.0.0.1:${port}`
  // Without Redis the queue is in the database; what matters here is who runs code.
  cluster = await prepareCluster((await database()).url, undefined, {
    RUNTIME_URL: inside,
    RUNTIME_PORT: String(port),
  })
  members.push(await cluster.startWorker(), await cluster.startApi())
}, SLOW)
afterAll(async () => {
  await Promise.all(members.map(({ stop }) => stop()))
  await cluster.clear()
})

/** Says where it runs, and what became of it. */
const CODE = `
  exports.handler = async ({ headers, body }) => {
    switch (headers['x-bp-operation']) {
      case 'register':
        throw new Error('not today: ' + process.env.SECRET_WHY)
      case 'action_triggered':
        return { body: { output: { said: JSON.parse(body).input.text + ', from ' + process.env.BP_INTEGRATION_ID } } }
    }
  }`

test('code that a worker runs is called by the api, when a bot is changed and when it calls an action', {
  timeout: SLOW,
}, async () => {
  const admin = officialClient('1.45.0', cluster.place)
  const schema = { type: 'object', properties: {}, additionalProperties: true }
  const { integration } = await admin.createIntegration({
    name: 'deployed',
    version: '1.0.0',
    code: CODE,
    secrets: { WHY: 'rain' },
    actions: { say: { input: { schema }, output: { schema } } },
  })
  const { bot } = await admin.createBot({ name: 'Bot' })
  const installed = await admin.updateBot({
    id: bot.id,
    integrations: { [integration.id]: { enabled: true, configuration: {} } },
  })
  expect(Object.values(installed.bot.integrations)).toMatchObject([
    { status: 'registration_failed', statusReason: 'not today: rain' },
  ])
  const caller = officialClient('1.45.0', { ...cluster.place, botId: bot.id })
  expect(await caller.callAction({ type: 'deployed:say', input: { text: 'Hello' } })).toMatchObject({
    output: { said: `Hello, from ${integration.id}` },
  })
})

test('the port where a worker takes calls also tells whether it works and what it counts', {
  timeout: SLOW,
}, async () => {
  const page = async (path: string) => {
    const answer = await fetch(`${inside}${path}`)
    return [answer.status, await answer.text()] as const
  }
  expect(await page('/healthz')).toEqual([200, '{"status":"ok"}'])
  const checks = { database: 'ok', migrations: 'ok', queue: 'ok', process: 'ok' }
  expect(await page('/readyz')).toEqual([200, JSON.stringify({ status: 'ready', checks })])
  const [status, text] = await page('/metrics')
  expect(status).toBe(200)
  expect(text).toMatch(/^understudy_deployment_processes 1$/m)
  expect(text).toMatch(/^understudy_deliveries_queued \d+$/m)
  expect((await page('/call'))[0]).toBe(401)
})
