import { createBot } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let owner: Caller
beforeAll(async () => {
  api = await startApi()
  owner = await api.account('owner')
})

const NASTY = `"Tom" & </title></script><b>`

const codeOf = async (type: string, botId = api.home.botId): Promise<string> => {
  const { status, body } = await owner.call('GET', `/v1/admin/bots/${botId}/webchat?type=${type}`)
  expect([status, Object.keys(body)]).toEqual([200, ['code']])
  return body['code'] as string
}

test.each(['preconfigured', 'configurable', 'fullscreen', 'sharableUrl'])(
  'the webchat as %s leads to the page of the emulator, with a key that opens it',
  async (type) => {
    const code = await codeOf(type)
    const { home } = api
    const [, page, key = ''] = /(http:\/\/understudy\.test\/_understudy\/emulator\/[\w-]+)#([\w-]+)/.exec(code) ?? []
    expect(page).toBe(`http://understudy.test/_understudy/emulator/${home.botId}`)
    const path = `/_understudy/emulator/${home.botId}/messages`
    expect((await api.caller(key).call('POST', path, { text: 'Hello' })).status).toBe(201)
  },
)

test('each type is what its name says', async () => {
  expect(await codeOf('preconfigured')).toMatch(/^<iframe [^>]+><\/iframe>$/)
  expect(await codeOf('configurable')).toMatch(/<script>[^<]*<\/script>$/)
  expect(await codeOf('fullscreen')).toMatch(/^<!doctype html>/)
  expect(await codeOf('sharableUrl')).toMatch(/^http:\S+$/)
})

test('the name of the bot stays a name, whatever it holds', async () => {
  const { id } = await createBot(await api.owner(), { name: NASTY })
  for (const type of ['preconfigured', 'fullscreen'])
    expect(await codeOf(type, id)).toContain('title="&quot;Tom&quot; &amp; &lt;/title&gt;&lt;/script&gt;&lt;b&gt;"')
  const [, options = ''] = /const options = (\{[^}]*\})/.exec(await codeOf('configurable', id)) ?? []
  expect(options).not.toContain('<')
  expect(JSON.parse(options)).toMatchObject({ title: NASTY })
})

test('another type is refused', async () => {
  const { body } = await owner.call('GET', `/v1/admin/bots/${api.home.botId}/webchat?type=popup`)
  expect(body).toMatchObject({ code: 400, type: 'InvalidQuery', message: expect.stringMatching(/^type:/) })
})
