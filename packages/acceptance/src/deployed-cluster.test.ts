import { database, freePort } from '@understudy/testkit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, type Member, prepareCluster } from './cluster.ts'
import { officialClient } from './official-client.ts'

const SLOW = 120_000

let cluster: Cluster
const members: Member[] = []

beforeAll(async () => {
  const port = await freePort()
  // Without Redis the queue is in the database; what matters here is who runs code.
  cluster = await prepareCluster((await database()).url, undefined, {
    RUNTIME_URL: `http://127.0.0.1:${port}`,
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
