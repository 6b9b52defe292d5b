import { database } from '@understudy/testkit'
import { expect, test } from 'vitest'
import { settleIn } from './journey.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import type { Place } from './place.ts'
import { startUnderstudy } from './understudy.ts'

const VERSION = '1.45.0'
const WRITERS = 8
const KILLS = 3
const ACKNOWLEDGED_BEFORE_KILL = 60

test('what was acknowledged before the server was killed is there after it came back', async () => {
  const { url } = await database()
  let server = await startUnderstudy(url)
  const { botId, integrationId, parrot } = await settleIn(VERSION, server.place)
  const { user } = await parrot.createUser({ tags: { id: 'ann' } })
  const { conversation } = await parrot.createConversation({ channel: 'room', tags: {} })
  const said = { userId: user.id, conversationId: conversation.id, type: 'text', payload: { text: 'x' }, tags: {} }
  const acknowledged = new Set<string>()
  const asParrot = (place: Place): OfficialClient => officialClient(VERSION, { ...place, botId, integrationId })

  for (let kill = 0; kill < KILLS; kill++) {
    const client = asParrot(server.place)
    const before = acknowledged.size
    let killed: Promise<void> | undefined
    const write = async () => {
      // Until the connection breaks: the last call of each writer is one that nobody promised anything about.
      for (;;) {
        const answer = await client.createMessage(said).catch(() => undefined)
        if (!answer) return
        acknowledged.add(answer.message.id)
        if (acknowledged.size >= before + ACKNOWLEDGED_BEFORE_KILL) killed ??= server.kill()
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, write))
    await killed
    server = await startUnderstudy(url)
  }

  const survivor = asParrot(server.place)
  const found = await Promise.all([...acknowledged].map((id) => survivor.getMessage({ id }).then(() => id)))
  expect(found).toHaveLength(acknowledged.size)
  const { conversation: counted } = await survivor.getConversation({ id: conversation.id })
  expect(counted.messageCount).toBeGreaterThanOrEqual(acknowledged.size)
  await server.stop()
}, 60_000)
