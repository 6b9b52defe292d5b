import { afterAll, beforeAll, describe, test } from 'vitest'
import { act } from './act.ts'
import { chat } from './chat.ts'
import { env } from './env.ts'
import { administrate, fail, moveOut, settleIn } from './journey.ts'
import { manage } from './manage.ts'
import { CLIENT_VERSIONS } from './official-client.ts'
import type { Place } from './place.ts'
import { publish } from './publish.ts'
import { storeFiles } from './store-files.ts'
import { troubleshoot } from './troubleshoot.ts'
import { startUnderstudy } from './understudy.ts'

let place: Place
let stop = async () => {}

beforeAll(async () => {
  if (env.url && env.token && env.workspaceId) {
    place = { url: env.url, token: env.token, workspaceId: env.workspaceId }
    return
  }
  const server = await startUnderstudy()
  place = server.place
  stop = server.stop
})
afterAll(() => stop())

describe.each(CLIENT_VERSIONS)('a program written with @botpress/client %s', (version) => {
  test('administrates, chats, looks at what went wrong, remembers, stores files, meets typed errors and leaves nothing behind', async () => {
    const home = await settleIn(version, place)
    await administrate(home, place)
    await manage(home, place)
    await publish(home)
    await chat(home)
    await troubleshoot(home)
    await act(home)
    await storeFiles(home)
    await fail(version, home, place)
    await moveOut(home)
  })
})
