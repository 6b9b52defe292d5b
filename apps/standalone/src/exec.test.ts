import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { complaint, said, typed } from './testing/command-line.ts'
import { dataDirectory } from './testing/program.ts'

// Whole servers, the first of which makes the template: a busy machine takes its time.
vi.setConfig({ testTimeout: 240_000 })

const UNTIL = { timeout: 120_000 }

/** A command of Node's own that says JSON. */
const node = (script: string): string[] => ['exec', '--', process.execPath, '--input-type=module', '-e', script]

/** Makes a user and tells the server's address and how many users there are. */
const ONE_USER = `
  const { BP_API_URL: url, BP_TOKEN: token, BP_BOT_ID: bot } = process.env
  const headers = { authorization: 'Bearer ' + token, 'x-bot-id': bot, 'content-type': 'application/json' }
  const users = async (method, body) => (await fetch(url + '/v1/chat/users', { method, headers, body })).json()
  const { user } = await users('POST', '{"tags":{}}')
  const all = await users('GET')
  console.log(JSON.stringify({ url, user: user.id, users: all.users.filter(({ id }) => id !== bot).map(({ id }) => id) }))`

/** A place for throw-away data, so that what is left can be seen. */
const place = () => {
  const directory = dataDirectory()
  return {
    variables: { TMPDIR: directory },
    left: () => readdirSync(directory).filter((name) => name.startsWith('understudy-')),
  }
}

test('five at once do not get in each other’s way, and leave nothing', async () => {
  const { variables, left } = place()
  const answers = await Promise.all(Array.from({ length: 5 }, () => said(node(ONE_USER), { variables })))
  const found = answers.map((text) => JSON.parse(text) as { url: string; user: string; users: string[] })
  for (const { user, users } of found) expect(users).toEqual([user])
  expect(new Set(found.map(({ url }) => url)).size).toBe(5)
  expect(left()).toEqual([])
})

test('the command gets its arguments as they are, its own settings, and what points it to the server', async () => {
  const variables = { PORT: '1', DATABASE_URL: 'mysql://of-the-command', LOG_LEVEL: 'chatty' }
  const script = 'console.log(JSON.stringify([process.argv.slice(1), process.env]))'
  const text = await said(['exec', process.execPath, '-e', script, '--', '--port', 'a b'], { variables })
  const [args, environment] = JSON.parse(text) as [string[], Record<string, string>]
  expect(args).toEqual(['--port', 'a b'])
  expect(environment).toMatchObject(variables)
  expect(environment).toMatchObject({
    BP_API_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    BP_TOKEN: expect.stringMatching(/^bp_pat_/),
    BP_WORKSPACE_ID: expect.any(String),
    BP_BOT_ID: expect.any(String),
    EMULATOR_INTEGRATION_ID: expect.any(String),
  })
})

test('its exit code is the command’s, and the number of a signal counts from 128', async () => {
  expect(await typed(node('process.exit(7)')).gone).toBe(7)
  expect(await typed(node('process.kill(process.pid, "SIGTERM")')).gone).toBe(143)
})

test('a signal reaches the command, which may take its time', async () => {
  const { variables, left } = place()
  const {
    child,
    said: heard,
    gone,
  } = typed(
    node(
      `process.on('SIGTERM', () => { console.log('heard'); process.exit(5) }); setInterval(() => {}, 1000); console.log('up')`,
    ),
    { variables },
  )
  await vi.waitFor(() => expect(heard.stdout).toBe('up\n'), UNTIL)
  child.kill('SIGTERM')
  expect(await gone).toBe(5)
  expect(heard.stdout).toBe('up\nheard\n')
  expect(left()).toEqual([])
})

test('killed with -9, it takes the command, whatever that has started, and the data with it', async () => {
  const { variables, left } = place()
  const {
    child,
    said: heard,
    gone,
  } = typed(
    ['exec', '--', 'sh', '-c', `${process.execPath} -e 'console.log(process.pid); setInterval(() => {}, 1000)'; true`],
    { variables },
  )
  await vi.waitFor(() => expect(heard.stdout).toMatch(/^\d+\n$/), UNTIL)
  expect(left()).toHaveLength(1)
  const [data] = left()
  const postgres = Number(
    readFileSync(join(variables.TMPDIR, String(data), 'cluster/data/postmaster.pid'), 'utf8').split('\n')[0],
  )
  child.kill('SIGKILL')
  await gone
  await vi.waitFor(() => expect(left()).toEqual([]), UNTIL)
  for (const pid of [Number(heard.stdout), postgres]) expect(existsSync(`/proc/${pid}/cwd`)).toBe(false)
})

test('what cannot be run is told in a sentence, and nothing is left', async () => {
  const { variables, left } = place()
  expect(await complaint(['exec', '--', 'no-such-command'], { variables })).toMatch(
    /^"no-such-command" cannot be run: there is no such command\.$/,
  )
  expect(left()).toEqual([])
  expect(await complaint(['exec', '--limits', 'lax', '--', 'true'])).toMatch(/^UNDERSTUDY_LIMITS is "lax"/)
  expect(await complaint(['exec'])).toMatch(/missing required argument/)
  expect(await complaint(['perform'])).toMatch(/unknown command/)
})
