import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Home, settleIn } from './journey.ts'
import { SDK_VERSIONS, type SdkProgram, startSdkProgram } from './sdk-program.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const CLIENT = '1.45.0'

let server: Understudy
beforeAll(async () => {
  server = await startUnderstudy()
})
afterAll(() => server.stop())

describe.each(SDK_VERSIONS)('an integration written with @botpress/sdk %s', (version) => {
  let mind: SdkProgram
  let parrot: SdkProgram
  let home: Home
  beforeAll(async () => {
    mind = await startSdkProgram('echo-bot', version, server.place)
    parrot = await startSdkProgram('parrot-integration', version, server.place)
    home = await settleIn(CLIENT, server.place, { bot: mind.url, integration: parrot.url })
  })
  afterAll(() => Promise.all([mind.stop(), parrot.stop()]))

  const configure = async (change: object) => {
    const { bot } = await home.admin.updateBot({ id: home.botId, integrations: { [home.integrationId]: change } })
    const installation = bot.integrations[home.integrationId]
    if (!installation) throw new Error('It is not installed.')
    return installation
  }

  test('and a bot are there when they are asked', async () => {
    const { url, token, workspaceId } = server.place
    const headers = { authorization: `Bearer ${token}`, 'x-workspace-id': workspaceId }
    for (const place of [`bots/${home.botId}`, `integrations/${home.integrationId}`]) {
      const answer = await fetch(`${url}/_understudy/${place}/ping`, { method: 'POST', headers })
      expect(await answer.json()).toMatchObject({ ping: { ok: true, status: 200, reason: null } })
    }
  })

  test('registers, or says why not, while the bot is changed', async () => {
    expect(await configure({ enabled: true })).toMatchObject({ status: 'registered', statusReason: null })
    expect(await configure({ configuration: { volume: 11 } })).toMatchObject({
      enabled: true,
      status: 'registration_failed',
      statusReason: 'Too loud',
    })
    expect(await configure({ enabled: false, configuration: { volume: 3 } })).toMatchObject({ status: 'unregistered' })
    expect(await configure({ enabled: true })).toMatchObject({ status: 'registered' })
  })

  test('does what the bot asks for, or says why not', async () => {
    const type = `${home.integrationName}:repeat`
    expect(await home.bot.callAction({ type, input: { text: 'Hello' } })).toEqual({
      output: { text: 'Hello!' },
      meta: { cached: false },
    })
    await expect(home.bot.callAction({ type, input: { text: 'sing' } })).rejects.toMatchObject({
      type: 'Runtime',
      code: 400,
      message: 'Lost my voice',
    })
    const { data } = await home.admin.listActionRuns({ id: home.botId, integrationName: home.integrationName })
    expect(data.map((run) => [run.actionType, run.status, run.errorMessage])).toEqual([
      ['repeat', 'FAILURE', 'Lost my voice'],
      ['repeat', 'SUCCESS', null],
    ])
  })

  test('answers a webhook', async () => {
    const { webhookUrl } = await configure({})
    const answer = await fetch(`${webhookUrl}/a/b?c=d`, { method: 'POST', body: 'Hello' })
    expect([answer.status, answer.headers.get('x-heard'), await answer.text()]).toEqual([201, '/a/b', 'POST c=d Hello'])
  })

  test('makes a user for the bot', async () => {
    const creation = { enabled: true, requiredTags: ['id'] }
    await home.admin.updateIntegration({ id: home.integrationId, user: { creation } })
    const tag = `${home.integrationName}:id`
    const wanted = { integrationName: home.integrationName, tags: { [tag]: 'zoe' } }
    const { user } = await home.bot.createUser(wanted)
    expect(user.tags).toEqual({ [tag]: 'zoe' })
    expect((await home.parrot.getOrCreateUser({ tags: { id: 'zoe' } })).user.id).toBe(user.id)
  })

  test.runIf(version !== '0.8.34')('and its bot is called when it runs anew', () => {
    expect(mind.lines).toEqual([JSON.stringify({ registered: home.botId })])
  })

  test.runIf(version !== '0.8.34')('and its bot have actions of their own', async () => {
    const text = { schema: { type: 'object', properties: { text: { type: 'string' } } } }
    await home.admin.updateBot({ id: home.botId, actions: { think: { input: text, output: text } } })
    const { output } = await home.bot.callAction({ type: 'think', input: { text: 'well' } })
    expect(output).toEqual({ text: 'Hm, well' })
  })
})
