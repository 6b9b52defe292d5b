import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { buffer } from 'node:stream/consumers'
import { describe, expect, onTestFinished, test } from 'vitest'
import { type Call, type CallAnswer, createRuntime, openDeployments, type Program, type Said } from '../index.ts'
import type { DeploymentLimits } from './limits.ts'

/** For what must not happen at all: machines may be slow. */
const AMPLE_MS = 60_000

type Place = { code: string; version?: string; environment?: Record<string, string> }

/** Code that runs, by the id of its bot; may be changed. */
const running = (bots: Record<string, Place>, limits: Partial<DeploymentLimits> = {}) => {
  const lines: (Said & { of: string })[] = []
  const starts: string[] = []
  const deployments = openDeployments({
    load: async ({ id, version }): Promise<Program | undefined> => {
      starts.push(`${id} ${version}`)
      const { code, environment = {} } = bots[id] ?? {}
      return code === undefined ? undefined : { code: Buffer.from(code), environment }
    },
    said: ({ id }, said) => void lines.push(...said.map((line) => ({ ...line, of: id }))),
    limits: { startMs: AMPLE_MS, waitMs: AMPLE_MS, probeMs: AMPLE_MS, ...limits },
  })
  const runtime = createRuntime({ allowPrivateHosts: false, responseMaxBytes: 1024 * 1024, deployments })
  const close = async () => {
    await runtime.close()
    await deployments.close()
  }
  onTestFinished(close)
  const made = (id: string, more: Partial<Call>): Call => ({
    url: `deployed:bot/${id}`,
    deployment: { kind: 'bot', id, version: bots[id]?.version ?? '1' },
    headers: { 'x-bot-id': id },
    body: '{}',
    timeoutMs: AMPLE_MS,
    ...more,
  })
  const call = (id: string, more: Partial<Call> = {}): Promise<CallAnswer> => runtime.call(made(id, more))
  const open = (id: string) => runtime.open(made(id, {}))
  return { call, open, lines, starts, close, runtime }
}

const says = (text: string) => `exports.handler = async () => ({ body: ${JSON.stringify(text)} })`
const PID = 'exports.handler = async () => ({ body: String(process.pid) })'
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const failed = (reason: string, message: RegExp) => ({
  name: 'CallFailure',
  reason,
  message: expect.stringMatching(message) as string,
})

describe('a call', () => {
  test('whose answer is read while it comes leaves its process to others once all of it is there, read or not', async () => {
    const { open, starts } = running(
      { a: { code: `exports.handler = async () => ({ body: 'x'.repeat(3_000_000) })` }, b: { code: says('b') } },
      { processes: 1 },
    )
    const unread = await open('a')
    expect(String(await buffer((await open('b')).body))).toBe('b')
    expect(await buffer(unread.body)).toHaveLength(3_000_000)
    expect(starts).toEqual(['a 1', 'b 1'])
  })

  test('comes to the handler as a request, and its answer comes back as it is', async () => {
    const { call } = running({
      b: {
        code: `exports.handler = async (req) => ({ status: 201, headers: { 'x-a': 'b' }, body: JSON.stringify(req) })`,
      },
    })
    const { status, headers, body } = await call('b', { headers: { 'x-bot-id': 'b', 'x-c': 'd' }, body: '{"ä":1}' })
    expect({ status, a: headers['x-a'] }).toEqual({ status: 201, a: 'b' })
    const request: unknown = JSON.parse(body)
    expect(request).toMatchObject({ method: 'POST', path: '/', query: '', body: '{"ä":1}', headers: { 'x-c': 'd' } })
    expect(body).not.toContain('x-understudy')
  })

  test.each([
    ['nothing', 'exports.handler = async () => {}', 200, ''],
    ['an object as body', 'exports.handler = () => ({ body: { a: 1 } })', 200, '{"a":1}'],
    [
      'a handler of the default export',
      'exports.default = { text: "x", handler() { return { body: this.text } } }',
      200,
      'x',
    ],
    [
      'a rejection',
      'exports.handler = async () => { throw new Error("boom") }',
      500,
      '{"code":500,"type":"Runtime","message":"boom"}',
    ],
    [
      'a thrown string',
      'exports.handler = () => { throw "boom" }',
      500,
      '{"code":500,"type":"Runtime","message":"boom"}',
    ],
    [
      'garbage',
      'exports.handler = () => ({ status: "ok" })',
      500,
      expect.stringContaining('something that is not') as string,
    ],
    [
      'headers that are none',
      'exports.handler = () => ({ headers: { "a b": "c" } })',
      500,
      expect.stringContaining('a b') as string,
    ],
  ])('that comes to %s is an answer', async (_what, code, status, body) => {
    expect(await running({ b: { code } }).call('b')).toMatchObject({ status, body })
  })

  test('sees the environment it was given and nothing of the server’s', async () => {
    const { call } = running({
      b: {
        code: 'exports.handler = () => ({ body: process.env })',
        environment: { SECRET_A: 'x'.repeat(300_000), BP_TOKEN: 't' },
      },
    })
    const environment = JSON.parse((await call('b')).body) as Record<string, string>
    expect(environment['SECRET_A']?.length).toBe(300_000)
    expect(
      Object.keys(environment)
        .filter((name) => !['PATH', 'TZ', 'LANG'].includes(name))
        .toSorted(),
    ).toEqual(['BP_TOKEN', 'SECRET_A'])
  })
})

describe('a process', () => {
  test('is started once for calls that come together, and kept', async () => {
    const { call, starts } = running({ b: { code: PID } })
    const pids = await Promise.all(Array.from({ length: 20 }, () => call('b').then(({ body }) => body)))
    expect(new Set([...pids, (await call('b')).body]).size).toBe(1)
    expect(starts).toEqual(['b 1'])
  })

  test('is replaced by the next version without dropping a call, and never by one that came before', async () => {
    const slow = `exports.handler = async (req) => {
      if (req.body === '"slow"') await new Promise((free) => process.once('SIGUSR2', free))
      return { body: String(process.pid) }
    }`
    const bots: Record<string, Place> = { b: { code: slow } }
    const { call, starts } = running(bots)
    const first = Number((await call('b')).body)
    const inFlight = call('b', { body: '"slow"' })
    bots['b'] = { code: says('new'), version: '2' }
    expect((await call('b')).body).toBe('new')
    const stale = { kind: 'bot', id: 'b', version: '1' } as const
    expect((await call('b', { deployment: stale })).body).toBe('new')
    process.kill(first, 'SIGUSR2')
    expect(Number((await inFlight).body)).toBe(first)
    await expect.poll(() => isAlive(first)).toBe(false)
    expect(starts).toEqual(['b 1', 'b 2'])
  })

  test('ends when it is idle, and begins again with the next call', async () => {
    const { call } = running({ b: { code: PID } }, { idleMs: 1 })
    const first = Number((await call('b')).body)
    await expect.poll(() => isAlive(first)).toBe(false)
    expect(Number((await call('b')).body)).not.toBe(first)
  })

  test('makes room when there are as many as there may be, the one used longest ago first, and never one with calls', async () => {
    const holds = `exports.handler = async (req) => {
      if (req.body === '"hold"') await new Promise((free) => process.once('SIGUSR2', free))
      return { body: String(process.pid) }
    }`
    const { call } = running({ a: { code: holds }, b: { code: PID }, c: { code: PID } }, { processes: 2 })
    const a = Number((await call('a')).body)
    const held = call('a', { body: '"hold"' })
    const b = Number((await call('b')).body)
    const c = Number((await call('c')).body)
    expect([isAlive(a), isAlive(c)]).toEqual([true, true])
    await expect.poll(() => isAlive(b)).toBe(false)
    process.kill(a, 'SIGUSR2')
    await held
  })

  test('ends with the runtime, once the calls that run are answered', async () => {
    const { call, close } = running({
      b: {
        code: 'exports.handler = async () => { await new Promise((free) => setTimeout(free, 300)); return { body: String(process.pid) } }',
      },
    })
    await call('b')
    const last = call('b')
    await close()
    expect(isAlive(Number((await last).body))).toBe(false)
    await expect(call('b')).rejects.toMatchObject(failed('aborted', /closing/))
  })

  test.each([
    ['waits for calls', PID],
    [
      'is in an endless loop',
      'exports.handler = () => { setImmediate(() => { for (;;); }); return { body: String(process.pid) } }',
    ],
  ])('does not outlive a server that is killed while it %s', async (_what, code) => {
    const server = spawn(process.execPath, ['--input-type=module', '-e', SERVER, BUILT, code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void server.kill('SIGKILL'))
    const pid = Number(await firstLine(server))
    expect(isAlive(pid)).toBe(true)
    server.kill('SIGKILL')
    await expect.poll(() => isAlive(pid)).toBe(false)
  })
})

/** A server of its own, which can be killed: calls the code it is given, and prints what that answers. */
const SERVER = `
const { createRuntime, openDeployments } = await import(process.argv[1])
const load = async () => ({ code: Buffer.from(process.argv[2]), environment: {} })
const deployments = openDeployments({ load, said: () => {} })
const runtime = createRuntime({ allowPrivateHosts: false, deployments })
const deployment = { kind: 'bot', id: 'b', version: '1' }
const { body } = await runtime.call({ url: '', deployment, headers: {}, body: '', timeoutMs: 60_000 })
console.log(body)
setInterval(() => {}, 1_000)`
const BUILT = new URL('../../dist/index.js', import.meta.url).href

const firstLine = async ({ stdout }: ChildProcess): Promise<string> => {
  const [chunk] = (await once(stdout ?? process.stdin, 'data')) as [Buffer]
  return chunk.toString().trim()
}

describe('code that goes wrong', () => {
  test.each([
    [
      'throws when it is loaded',
      'throw new Error("no config")',
      {},
      'not-started',
      /^The bot cannot be started: no config$/,
    ],
    ['needs what is not there', 'require("left-pad")', {}, 'not-started', /Cannot find module 'left-pad'/],
    ['is no JavaScript', 'export handler', {}, 'not-started', /Unexpected token/],
    ['is no CommonJS', 'export const handler = 1', {}, 'not-started', /has to be CommonJS/],
    ['has no handler', 'exports.handle = () => {}', {}, 'not-started', /no function named "handler"/],
    ['exits when it is loaded', 'process.exit(3)', {}, 'not-started', /ended with exit code 3/],
    ['never finishes loading', 'for (;;);', { startMs: 5_000 }, 'not-started', /not loaded within 5000 ms/],
    ['exits in a call', 'exports.handler = () => process.exit(3)', {}, 'crashed', /ended with exit code 3/],
    [
      'throws outside of its handler',
      'exports.handler = () => new Promise(() => setImmediate(() => { throw new Error("late") }))',
      {},
      'crashed',
      /exit code 1/,
    ],
    [
      'fills its heap',
      'const a = []; exports.handler = () => { for (;;) a.push(new Array(1000).fill(a.length)) }',
      { heapMb: 40 },
      'crashed',
      /ran out of memory/,
    ],
    [
      'fills 2 GB of buffers',
      'const a = []; exports.handler = async () => { for (let i = 0; i < 40; i++) { a.push(Buffer.alloc(5e7, 1)); await new Promise(setImmediate) } return new Promise(() => {}) }',
      { memoryBytes: 300e6 },
      'crashed',
      /more than 300000000 bytes of memory/,
    ],
    [
      'floods its output',
      'exports.handler = () => { for (;;) require("fs").writeSync(1, "x".repeat(60000) + "\\n") }',
      { floodBytesPerMinute: 10e6 },
      'crashed',
      /printed more than 10000000 bytes/,
    ],
    [
      'answers 100 MB',
      'exports.handler = () => ({ body: "x".repeat(1e8) })',
      {},
      'too-large',
      /more than 1048576 bytes/,
    ],
  ] as const)('%s', async (_what, code, limits, reason, message) => {
    const { call, lines } = running({ hostile: { code }, good: { code: says('fine') } }, limits)
    await call('good')
    const good = call('good')
    await expect(call('hostile')).rejects.toMatchObject(failed(reason, message))
    expect((await good).body).toBe('fine')
    expect((await call('good')).body).toBe('fine')
    expect(lines.filter(({ of }) => of === 'good')).toEqual([])
  })

  test.each([
    ['never answers', 'exports.handler = () => new Promise(() => {})'],
    ['is in an endless loop', 'exports.handler = () => { for (;;); }'],
  ])('%s: it runs out of time, and the next call gets a new process', async (_what, hang) => {
    const { call, starts } = running(
      {
        hostile: {
          code: `let n = 0; const hang = (${hang.slice('exports.handler = '.length)}); exports.handler = (req) => req.body === '"hang"' ? hang() : { body: String(process.pid) }`,
        },
        good: { code: says('fine') },
      },
      { probeMs: 500 },
    )
    const first = Number((await call('hostile')).body)
    await expect(call('hostile', { body: '"hang"', timeoutMs: 1_000 })).rejects.toMatchObject(
      failed('timeout', /did not answer within 1000 ms/),
    )
    expect(Number((await call('hostile')).body)).not.toBe(first)
    await expect.poll(() => isAlive(first)).toBe(false)
    expect((await call('good')).body).toBe('fine')
    expect(starts.filter((start) => start.startsWith('hostile'))).toHaveLength(2)
  })

  test('lets down the other calls it has when it hangs, long before their own time is over', async () => {
    const code = `exports.handler = (req) => {
      if (req.body === '"wait"') return new Promise(() => {})
      for (;;);
    }`
    const { call } = running({ b: { code } }, { probeMs: 300 })
    const waiting = call('b', { body: '"wait"' })
    const hanging = call('b', { timeoutMs: 2_000 })
    await Promise.all([
      expect(waiting).rejects.toMatchObject(failed('crashed', /did not react any more/)),
      expect(hanging).rejects.toMatchObject(failed('timeout', /2000 ms/)),
    ])
  })

  test('may touch nothing that is not its own', async () => {
    const code = `
      const attempts = {
        'read a file': () => require('fs').readFileSync('/etc/hostname'),
        'read the server’s environment': () => require('fs').readFileSync('/proc/' + process.ppid + '/environ'),
        'read credentials': () => require('fs').readFileSync(${JSON.stringify(import.meta.filename)}),
        'list a folder': () => require('fs').readdirSync('/'),
        'write a file': () => require('fs').writeFileSync('/tmp/understudy-escape', 'x'),
        'start a process': () => require('child_process').execFileSync('/bin/true'),
        'fork': () => require('child_process').fork('/x.js'),
        'start a thread': () => new (require('worker_threads').Worker)('1', { eval: true }),
        'load native code': () => process.dlopen({ exports: {} }, '/x.node'),
        'signal the server': () => process.kill(process.ppid, 0),
        'debug the server': () => process._debugProcess(process.ppid),
        'slow the server down': () => require('os').setPriority(process.ppid, 19),
        'reach inside': () => process.binding('process_methods'),
        'be debugged': () => require('inspector').open(0),
        'report': () => process.report.writeReport('/tmp/understudy-report'),
      }
      exports.handler = () => ({ body: Object.entries(attempts).map(([name, attempt]) => {
        try { attempt(); return name } catch (error) { return error.code === 'ERR_ACCESS_DENIED' ? '' : name + ': ' + error }
      }).filter(Boolean) })`
    expect(JSON.parse((await running({ b: { code } }).call('b')).body)).toEqual([])
  })

  test('is not started again and again', async () => {
    const { call, starts } = running({ b: { code: 'throw new Error("no")' } }, { pauseMs: AMPLE_MS })
    for (let time = 0; time < 3; time++) await expect(call('b')).rejects.toMatchObject(failed('not-started', /no/))
    expect(starts).toHaveLength(1)
  })
})

test('what code prints becomes lines with their level, in order, each of its own bot', async () => {
  const code = `exports.handler = async () => {
    console.debug('a %d', 1)
    console.warn('two\\nlines')
    console.log(JSON.stringify({ msg: 'told', level: 'error', options: { conversationId: 'c' } }))
    process.stderr.write('plain\\n')
    throw new Error('boom')
  }`
  const { call, lines } = running({ b: { code } })
  await call('b')
  await expect.poll(() => lines.length).toBe(5)
  const kept = lines.map(({ level, message, conversationId, botId }) => ({ level, message, conversationId, botId }))
  expect(kept.filter(({ message }) => message !== 'plain')).toMatchObject([
    { level: 'debug', message: 'a 1', botId: 'b' },
    { level: 'warn', message: 'two\nlines' },
    { level: 'error', message: 'told', conversationId: 'c', botId: 'b' },
    { level: 'error', message: expect.stringMatching(/^Error: boom\n.*bundle\.cjs/) as string },
  ])
  expect(kept).toContainEqual({ level: 'error', message: 'plain' })
})

test('of what code prints, only so much is kept', async () => {
  const code = `exports.handler = async () => { for (let n = 0; n < 1000; n++) console.log('x'.repeat(100)) }`
  const { call, lines, close } = running({ b: { code } }, { logBytesPerMinute: 10_000 })
  await call('b')
  await close()
  expect(lines.length).toBeLessThan(200)
  expect(lines.at(-1)).toMatchObject({
    level: 'warn',
    message: expect.stringContaining('10000 bytes a minute') as string,
  })
})
