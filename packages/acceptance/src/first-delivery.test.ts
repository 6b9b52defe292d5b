import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { settleIn } from './journey.ts'
import { SDK_VERSIONS, type SdkProgram, startSdkProgram } from './sdk-program.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const CLIENT = '1.45.0'

let server: Understudy
beforeAll(async () => {
  server = await startUnderstudy()
})
afterAll(() => server.stop())

describe.each(SDK_VERSIONS)('a bot and an integration written with @botpress/sdk %s', (version) => {
  let bot: SdkProgram
  let parrot: SdkProgram
  beforeAll(async () => {
    bot = await startSdkProgram('echo-bot', version, server.place)
    parrot = await startSdkProgram('parrot-integration', version, server.place)
  })
  afterAll(() => Promise.all([bot.stop(), parrot.stop()]))

  test('talk to each other through this server, each on a port of its own', async () => {
    const home = await settleIn(CLIENT, server.place, { bot: bot.url, integration: parrot.url })
    const { user } = await home.parrot.createUser({ tags: { id: 'ann' } })
    const { conversation } = await home.parrot.createConversation({ channel: 'room', tags: { id: 'room-1' } })
    const said = {
      userId: user.id,
      conversationId: conversation.id,
      type: 'text',
      payload: { text: 'Hello' },
      tags: {},
    }
    await home.parrot.createMessage(said)

    await expect
      .poll(() => parrot.lines.map((line) => JSON.parse(line) as object))
      .toEqual([{ text: 'You said: Hello', channelTags: { id: 'room-1' }, userId: home.botId, volume: 3 }])
    const { messages } = await home.bot.listMessages({ conversationId: conversation.id })
    const [answer] = messages
    expect(answer).toMatchObject({ direction: 'outgoing', userId: home.botId, payload: { text: 'You said: Hello' } })
    // The integration has noted on the message under which id it went out.
    expect(answer?.tags).toEqual({ [`${home.integrationName}:id`]: `sent-${answer?.id}` })
    await expect
      .poll(async () =>
        (await home.bot.listEvents({ conversationId: conversation.id })).events.map((one) => one.status),
      )
      .toEqual(['processed'])
  })
})
