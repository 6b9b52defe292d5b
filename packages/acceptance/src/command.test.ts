import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { env } from './env.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const COMMAND = new URL('../../../scripts/command.mjs', import.meta.url).pathname

let server: Understudy
let botId: string

beforeAll(async () => {
  server = await startUnderstudy()
  botId = server.credentials['BP_BOT_ID'] ?? ''
})
afterAll(() => server.stop())

/** Runs `api-clients` as an operator does. @returns the lines it prints */
const run = async (args: string[], variables = server.credentials): Promise<string[]> => {
  const { stdout } = await promisify(execFile)(process.execPath, [COMMAND, 'api-clients', ...args], {
    cwd: tmpdir(),
    env: { PATH: env.path, ...variables },
  })
  return stdout.trim().split('\n').filter(Boolean)
}
/** What it says when it refuses, and with which exit code. */
const complaint = (args: string[], variables = server.credentials) =>
  run(args, variables).then(
    () => Promise.reject(new Error('it did not fail')),
    ({ code, stderr, stdout }: { code: number; stderr: string; stdout: string }) => ({ code, stderr, stdout }),
  )

const [KEY, SECRET] = [/^export BP_CLIENT_KEY=(\S+)$/, /^export BP_CLIENT_SECRET=(\S+)$/]

const statusOf = async ([key = '', secret = '']: string[]) => {
  const [, clientKey] = KEY.exec(key) ?? []
  const [, clientSecret] = SECRET.exec(secret) ?? []
  const answer = await fetch(`${server.place.url}/v1/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ clientKey, clientSecret }),
  })
  return answer.status
}

test.each([
  ['a bot', () => ['--bot', botId], () => ['--bot', botId], () => `bot  ${botId}`],
  [
    'an installation',
    () => ['--bot', botId, '--alias', 'emulator'],
    () => ['--bot', botId],
    () => `installation  ${botId}  emulator`,
  ],
  ['an account', () => ['--account'], () => [], () => 'account  '],
])('an API client for %s is issued, listed and revoked from the command line', async (_, whose, listing, shown) => {
  const lines = await run(['create', ...whose(), '--note', 'from "here"'])
  expect(await statusOf(lines)).toBe(200)
  const [, clientKey = ''] = KEY.exec(lines[0] ?? '') ?? []
  const [newest] = await run(['list', ...listing()])
  expect(newest).toContain(`${clientKey}  `)
  expect(newest).toContain(shown())
  expect(newest).toMatch(/"from \\"here\\""$/)
  expect(await run(['revoke', clientKey])).toEqual([`Revoked ${clientKey}.`])
  expect(await statusOf(lines)).toBe(401)
  expect((await run(['list', ...listing()])).join()).not.toContain(clientKey)
})

test('beside a one-process server it needs nothing but the data directory', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'understudy-command-'))
  const lines = Object.entries(server.credentials).map(([name, value]) => `export ${name}=${value}\n`)
  await writeFile(join(directory, 'credentials.env'), lines.join(''))
  try {
    const made = await run(['create', '--bot', botId], { UNDERSTUDY_DATA_DIR: directory })
    expect(await statusOf(made)).toBe(200)
  } finally {
    await rm(directory, { recursive: true })
  }
})

test.each([
  ['what the server refuses', ['create', '--bot', 'nonsense'], {}, /^standsFor\.botId "nonsense" not found\n$/],
  ['a token nobody has', ['list'], { BP_TOKEN: 'bp_pat_unknown' }, /^This token is not known/],
  ['a server that is not there', ['list'], { BP_API_URL: 'http://127.0.0.1:1' }, /^No server answers at http:\/\/127/],
  ['no token at all', ['list'], { BP_TOKEN: '' }, /^Set BP_TOKEN/],
  ['a command it does not know', ['destroy'], {}, /^Usage:/],
])('%s is told in a sentence, with exit code 1', async (_, args, change, sentence) => {
  const { code, stderr, stdout } = await complaint(args, { ...server.credentials, ...change })
  expect(stderr).toMatch(sentence)
  expect(stdout).toBe('')
  expect(code).toBe(1)
})
