import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { database } from '@understudy/testkit'
import { expect, onTestFinished, test } from 'vitest'
import { betaFiles, officialClient } from './official-client.ts'
import { startUnderstudy } from './understudy.ts'

const VERSION = '0.1.3'
const WRITERS = 4
const KILLS = 2
const ACKNOWLEDGED_BEFORE_KILL = 8

/** Large enough to be cut off in the middle. */
const contents = JSON.stringify({ long: 'x'.repeat(3_000_000) })

test('a file that was acknowledged before the server was killed is whole, and no other is there by half', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-files-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const { url } = await database()
  const start = () => startUnderstudy(url, { FILES_URL: pathToFileURL(directory).href })
  let server = await start()
  const { BP_BOT_ID: botId = '' } = server.credentials
  const asBot = () => {
    const files = betaFiles(officialClient(VERSION, { ...server.place, botId }))
    if (!files) throw new Error(`Client ${VERSION} knows no files.`)
    return files
  }
  const given = { botId, name: 'long.json', accessType: 'private', contents: Buffer.from(contents).toString('base64') }
  const acknowledged = new Set<string>()

  for (let kill = 0; kill < KILLS; kill++) {
    const client = asBot()
    const before = acknowledged.size
    let killed: Promise<void> | undefined
    const write = async () => {
      // Until the connection breaks.
      for (;;) {
        const answer = await client.createFile(given).catch(() => undefined)
        if (!answer) return
        acknowledged.add(answer.file.id)
        if (acknowledged.size >= before + ACKNOWLEDGED_BEFORE_KILL) killed ??= server.kill()
      }
    }
    await Promise.all(Array.from({ length: WRITERS }, write))
    await killed
    server = await start()
  }

  const client = asBot()
  const ids: string[] = []
  let nextToken: string | undefined
  do {
    const { files, meta } = await client.listFiles({ botId, nextToken })
    ids.push(...files.map(({ id }) => id))
    nextToken = meta.nextToken
  } while (nextToken)
  expect(ids).toEqual(expect.arrayContaining([...acknowledged]))
  for (const id of ids) expect(JSON.stringify(await client.downloadFile({ id })) === contents).toBe(true)
  // What a writer was cut off from lies apart until the sweep.
  expect((await readdir(directory)).toSorted()).toEqual(['.drafts', 'storage-files'])
  await server.stop()
}, 120_000)
