import { existsSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { database } from '@understudy/testkit'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { BY_NPM, credentialsIn, dataDirectory, run, started } from './testing/program.ts'

// Whole programs, with a PostgreSQL each: a busy machine takes its time.
vi.setConfig({ testTimeout: 60_000 })

const KEY = 'a-secret-key-of-the-test-0123456789'

/** There while PostgreSQL runs, and after it died; not after it was shut down. */
const pidFileIn = (directory: string): string => join(directory, 'cluster', 'data', 'postmaster.pid')

const asBot = (directory: string) => {
  const { BP_API_URL: url, BP_TOKEN: token = '', BP_BOT_ID: bot = '' } = credentialsIn(directory)
  const headers = { authorization: `Bearer ${token}`, 'x-bot-id': bot, 'content-type': 'application/json' }
  return {
    createUser: async () => {
      const answer = await fetch(`${url}/v1/chat/users`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ tags: {} }),
      })
      expect(answer.status).toBe(201)
      return ((await answer.json()) as { user: { id: string } }).user.id
    },
    statusOf: async (id: string) => (await fetch(`${url}/v1/chat/users/${id}`, { headers })).status,
  }
}

describe('with nothing set', () => {
  test('it prints lines to copy that work, keeps them for scripts, and finds everything again after a stop', async () => {
    const directory = dataDirectory()
    const first = await started({ UNDERSTUDY_DATA_DIR: directory })
    const credentials = credentialsIn(directory)
    for (const [name, value] of Object.entries(credentials))
      expect(first.said.stdout).toContain(`export ${name}=${value}`)
    expect(first.said.stdout).toContain(`bp login --api-url ${first.url} --token ${credentials['BP_TOKEN']}`)
    expect(statSync(join(directory, 'credentials.env')).mode & 0o777).toBe(0o600)
    const user = await asBot(directory).createUser()

    expect(existsSync(pidFileIn(directory))).toBe(true)
    expect(await first.end('SIGTERM')).toBe(0)
    expect(existsSync(pidFileIn(directory))).toBe(false)

    await started({ UNDERSTUDY_DATA_DIR: directory, PORT: first.port })
    expect(credentialsIn(directory)).toEqual(credentials)
    expect(await asBot(directory).statusOf(user)).toBe(200)
  })

  test('a token that is set too late is not shown in the place of the one that works', async () => {
    const directory = dataDirectory()
    await (await started({ UNDERSTUDY_DATA_DIR: directory })).end('SIGTERM')
    const credentials = credentialsIn(directory)
    const late = 'bp_pat_set_too_late_0123456789'
    const again = await started({ UNDERSTUDY_DATA_DIR: directory, UNDERSTUDY_TOKEN: late })
    expect(credentialsIn(directory)['BP_TOKEN']).toBe(credentials['BP_TOKEN'])
    expect(again.said.stdout).not.toContain(late)
    expect(again.said.stderr).toContain('UNDERSTUDY_TOKEN is unknown to this database')
  })

  test('it starts whatever the umask is', async () => {
    const before = process.umask(0o077)
    onTestFinished(() => void process.umask(before))
    const { url } = await started({ UNDERSTUDY_DATA_DIR: join(dataDirectory(), 'fresh', 'data') })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  })

  test('it recovers by itself after a kill -9', async () => {
    const directory = dataDirectory()
    const first = await started({ UNDERSTUDY_DATA_DIR: directory })
    const user = await asBot(directory).createUser()
    await first.end('SIGKILL')
    await started({ UNDERSTUDY_DATA_DIR: directory })
    expect(await asBot(directory).statusOf(user)).toBe(200)
  })
})

describe('started by npm, which passes no signal on', () => {
  for (const signal of ['SIGTERM', 'SIGKILL'] as const)
    test(`it ends when npm got a ${signal}, and leaves a clean database`, async () => {
      const directory = dataDirectory()
      const program = await started({ UNDERSTUDY_DATA_DIR: directory }, BY_NPM)
      await program.end(signal)
      expect(existsSync(pidFileIn(directory))).toBe(false)
    })
})

describe('what stands in the way is one sentence and exit code 1', () => {
  /** The only line it says, when it ends with code 1. */
  const complaint = async (settings: Record<string, string>): Promise<string> => {
    const program = await run(settings)
    expect(await program.gone).toBe(1)
    expect(program.said.stderr.trim().split('\n')).toHaveLength(1)
    return program.said.stderr.trim()
  }

  test('two starts on one data directory', async () => {
    const directory = dataDirectory()
    await started({ UNDERSTUDY_DATA_DIR: directory })
    expect(await complaint({ UNDERSTUDY_DATA_DIR: directory })).toContain(directory)
  })

  test('a taken port', async () => {
    const squatter = createServer()
    onTestFinished(() => void squatter.close())
    const port = await new Promise<number>((listening) =>
      squatter.listen(0, '127.0.0.1', () => listening((squatter.address() as { port: number }).port)),
    )
    const directory = dataDirectory()
    const settings = { DATABASE_URL: (await database()).url, SECRET_KEY: KEY, UNDERSTUDY_DATA_DIR: directory }
    expect(await complaint({ ...settings, PORT: String(port) })).toMatch(new RegExp(`${port}.*(taken|in use)`))
    // It was the first start all the same: its token is the only one there is.
    await started(settings)
    expect(await asBot(directory).createUser()).toMatch(/^user_/)
  })

  test('a database that is away, without its password', async () => {
    const settings = { DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/x', SECRET_KEY: KEY }
    const said = await complaint({ ...settings, UNDERSTUDY_DATA_DIR: dataDirectory() })
    expect(said).toMatch(/127\.0\.0\.1:1\/x cannot be reached/)
    expect(said).not.toContain('hunter2')
  })

  test.each([
    ['does not exist', 'nowhere'],
    ['does not let us in', 'postgres?options=-c%20nonsense%3D1'],
  ])('a database that %s', async (_, name) => {
    const url = new URL((await database()).url)
    const settings = { DATABASE_URL: new URL(`/${name}`, url).href, SECRET_KEY: KEY }
    const said = await complaint({ ...settings, UNDERSTUDY_DATA_DIR: dataDirectory() })
    expect(said).toMatch(new RegExp(`^The database at ${url.host}/\\w+ cannot be reached: `))
  })

  test('a data directory that is none', async () => {
    const file = join(dataDirectory(), 'file')
    writeFileSync(file, '')
    expect(await complaint({ UNDERSTUDY_DATA_DIR: file })).toContain(`${file} cannot be`)
  })

  test('another SECRET_KEY than the one the database was set up with', async () => {
    const { url } = await database()
    const settings = { DATABASE_URL: url, SECRET_KEY: KEY, UNDERSTUDY_DATA_DIR: dataDirectory() }
    await (await started(settings)).end('SIGTERM')
    expect(await complaint({ ...settings, SECRET_KEY: `another-${KEY}` })).toMatch(/SECRET_KEY/)
  })

  test('a directory for files that cannot be one', async () => {
    const { url } = await database()
    const settings = { DATABASE_URL: url, SECRET_KEY: KEY, UNDERSTUDY_DATA_DIR: dataDirectory() }
    const said = await complaint({ ...settings, FILES_URL: 'file:///dev/null/files' })
    expect(said).toMatch(/^Nothing can be written where FILES_URL says: .*\/dev\/null/)
  })

  test('a database of the operator’s own without a SECRET_KEY', async () => {
    const settings = { DATABASE_URL: 'postgres://127.0.0.1/x', UNDERSTUDY_DATA_DIR: dataDirectory() }
    expect(await complaint(settings)).toMatch(/^SECRET_KEY is required/)
  })

  test('a setting that makes no sense', async () => {
    expect(await complaint({ PORT: 'abc' })).toBe('PORT is "abc" and must be a number.')
  })
})
