import type { Bot, Ping } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { freePort, receiver } from '@understudy/testkit'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let admin: Caller
let callee: Awaited<ReturnType<typeof receiver>>
beforeAll(async () => {
  admin = await (await startApi()).account('developer')
  callee = await receiver()
})

const ids = {
  bots: async (at: object) => ((await admin.call('POST', '/v1/admin/bots', at)).body['bot'] as Bot).id,
  integrations: async (at: object) => {
    const version = { name: `understudy/parrot${newUuid().slice(0, 8)}`, version: '1.0.0', ...at }
    return ((await admin.call('POST', '/v1/admin/integrations', version)).body['integration'] as { id: string }).id
  },
}

describe.each(['bots', 'integrations'] as const)('a ping of one of the %s', (kind) => {
  const ping = async (at: object): Promise<Ping> => {
    const { status, body } = await admin.call('POST', `/_understudy/${kind}/${await ids[kind](at)}/ping`)
    expect(status).toBe(200)
    return body['ping'] as Ping
  }
  const at = (url: string) => ({ dev: true, url })

  test('says that it answers', async () => {
    callee.behave((_call, response) => void response.end())
    const { url } = callee
    expect(await ping(at(url))).toMatchObject({ ok: true, url, status: 200, reason: null })
    const { headers } = callee.heard.at(-1) ?? {}
    expect(headers).toMatchObject({ 'x-bp-operation': 'ping', 'x-bp-configuration': 'e30=' })
    const empty = Object.entries(headers ?? {}).filter(([, value]) => value === '')
    expect(empty).toEqual([])
  })

  test('says what it answers instead, and why nothing', async () => {
    callee.behave((_call, response) => void response.writeHead(500).end('{"message":"Not today"}'))
    expect(await ping(at(callee.url))).toMatchObject({
      ok: false,
      status: 500,
      reason: expect.stringMatching(/^The (bot|integration) answered 500: Not today$/),
    })
    const nobody = `127.0.0.1:${await freePort()}`
    expect(await ping(at(`http://${nobody}`))).toMatchObject({
      ok: false,
      status: null,
      reason: `${nobody} refused the connection.`,
    })
    expect(await ping({})).toMatchObject({
      ok: false,
      url: null,
      reason: expect.stringContaining('neither code nor a URL') as string,
    })
  })
})
