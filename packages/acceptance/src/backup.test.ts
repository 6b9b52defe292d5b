import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { administer, onDatabase, receiver, startPostgresWithTools } from '@understudy/testkit'
import { afterAll, expect, test } from 'vitest'
import { prepareCluster } from './cluster.ts'
import { settleIn } from './journey.ts'
import { betaFiles, officialClient } from './official-client.ts'
import type { Place } from './place.ts'

const CLIENT = '1.45.0'
/** It knows the files that the API had first. */
const CLIENT_WITH_FILES = '0.1.3'

const postgres = await startPostgresWithTools()
afterAll(() => postgres?.stop())

const place = async (): Promise<{ directory: string; FILES_URL: string }> => {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-backup-'))
  afterAll(() => rm(directory, { recursive: true, force: true }))
  return { directory, FILES_URL: pathToFileURL(directory).href }
}

test.runIf(postgres)(
  'a server on a restored backup has what the one before had, and delivers what that one still had to (needs a PostgreSQL with pg_dump)',
  async () => {
    if (!postgres) return
    const bot = await receiver()
    for (const name of ['before', 'after']) await administer(postgres.url, `create database ${name}`)
    const [before, after] = [onDatabase(postgres.url, 'before'), onDatabase(postgres.url, 'after')]
    const [files, restoredFiles, dump] = [await place(), await place(), await place()]

    // No worker yet: everything is still to be delivered when the backup is made.
    const cluster = await prepareCluster(before, undefined, { FILES_URL: files.FILES_URL })
    const api = await cluster.startApi()
    const home = await settleIn(CLIENT, cluster.place, { bot: bot.url, integration: bot.url })
    const { user } = await home.parrot.createUser({ tags: { id: 'ann' } })
    const { conversation } = await home.parrot.createConversation({ channel: 'room', tags: { id: 'room-1' } })
    const say = async (text: string) => {
      const said = { userId: user.id, conversationId: conversation.id, type: 'text', payload: { text }, tags: {} }
      return (await home.parrot.createMessage(said)).message
    }
    const messages = await Promise.all(['one', 'two', 'three'].map(say))
    const { event: scheduled } = await home.bot.createEvent({ type: 'wakeUp', payload: {}, schedule: { delay: 1_000 } })
    const filesAt = (at: Place) => betaFiles(officialClient(CLIENT_WITH_FILES, { ...at, botId: home.botId }))
    const contents = Buffer.from('{"says":"Hello"}').toString('base64')
    const note = { botId: home.botId, name: 'note.json', accessType: 'private', contents }
    const kept = await filesAt(cluster.place)?.createFile(note)

    const archive = join(dump.directory, 'understudy.dump')
    await postgres.run('pg_dump', '--format=custom', `--file=${archive}`, before)
    await cp(files.directory, restoredFiles.directory, { recursive: true })
    await say('after the backup')
    await api.stop()

    await postgres.run('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${after}`, archive)
    const restored = await prepareCluster(after, undefined, { FILES_URL: restoredFiles.FILES_URL })
    const members = [await restored.startApi(), await restored.startWorker()]
    const asBot = officialClient(CLIENT, { ...restored.place, botId: home.botId })
    const found = (await asBot.listMessages({ conversationId: conversation.id })).messages
    expect(found.map(({ id }) => id).toSorted()).toEqual(messages.map(({ id }) => id).toSorted())
    expect(await filesAt(restored.place)?.downloadFile({ id: kept?.file.id ?? '' })).toEqual({ says: 'Hello' })
    const heard = () =>
      bot.heard
        .map(({ body }) => (body as { event?: { id: string; payload: { message?: { id: string } } } }).event)
        .map((event) => event?.payload.message?.id ?? event?.id)
    await expect.poll(() => heard().toSorted()).toEqual([...messages.map(({ id }) => id), scheduled.id].toSorted())
    await Promise.all(members.map(({ stop }) => stop()))
    await Promise.all([cluster.clear(), restored.clear()])
  },
)
