import { expect, test, vi } from 'vitest'
import { complaint, said } from './testing/command-line.ts'
import { credentialsIn, dataDirectory, started } from './testing/program.ts'

vi.setConfig({ testTimeout: 240_000 })

const callsTo = (directory: string) => {
  const {
    BP_API_URL: url,
    BP_TOKEN: token = '',
    BP_BOT_ID: bot = '',
    BP_WORKSPACE_ID: workspace = '',
  } = credentialsIn(directory)
  const headers = {
    authorization: `Bearer ${token}`,
    'x-bot-id': bot,
    'x-workspace-id': workspace,
    'content-type': 'application/json',
  }
  return async (method: string, path: string, body?: object) => {
    const answer = await fetch(`${url}${path}`, { method, headers, ...(body && { body: JSON.stringify(body) }) })
    return { status: answer.status, body: (await answer.json()) as Record<string, { id: string }> }
  }
}

test('a running server is as after its first start, and programs that were pointed to it stay so', async () => {
  const directory = dataDirectory()
  await started({ UNDERSTUDY_DATA_DIR: directory })
  const credentials = credentialsIn(directory)
  const call = callsTo(directory)
  const { body } = await call('POST', '/v1/admin/bots', {})
  const said1 = await call('POST', `/_understudy/emulator/${credentials['BP_BOT_ID']}/messages`, {
    userId: 'ann',
    text: 'hi',
  })
  expect([body['bot']?.id, said1.status]).toEqual([expect.any(String), 201])

  const reset = ['reset', '--data-dir', directory]
  expect(await complaint(reset)).toMatch(/^This takes away 1 bot, 1 conversation in .*: say --yes to do it\.$/)
  expect((await call('GET', `/v1/admin/bots/${body['bot']?.id}`)).status).toBe(200)

  expect(await said([...reset, '--yes'])).toContain('as it was after the first start')
  expect(credentialsIn(directory)).toEqual(credentials)
  await vi.waitFor(async () => expect((await call('GET', `/v1/admin/bots/${body['bot']?.id}`)).status).toBe(404))
  expect((await call('GET', '/v1/chat/conversations')).body['conversations']).toEqual([])
  // With nothing to lose nobody is asked.
  await said(reset)
  const again = await call('POST', `/_understudy/emulator/${credentials['BP_BOT_ID']}/messages`, {
    userId: 'ann',
    text: 'hi',
  })
  expect(again.status).toBe(201)
})

test('a stopped server is reset as well, and starts again', async () => {
  const directory = dataDirectory()
  const first = await started({ UNDERSTUDY_DATA_DIR: directory })
  const credentials = credentialsIn(directory)
  await callsTo(directory)('POST', '/v1/admin/bots', {})
  await first.end('SIGTERM')
  await said(['reset', '--data-dir', directory, '--yes'])
  await started({ UNDERSTUDY_DATA_DIR: directory, PORT: first.port })
  expect(credentialsIn(directory)).toEqual(credentials)
  expect((await callsTo(directory)('GET', '/v1/admin/bots')).body['bots']).toMatchObject([{ name: 'demo' }])
})

test('where there is no server, that is said', async () => {
  expect(await complaint(['reset', '--yes'], { variables: { UNDERSTUDY_DATA_DIR: dataDirectory() } })).toMatch(
    /^There is no server in/,
  )
})
