import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { CallFailure, createRuntime, type Deployments, remoteDeployments, serveDeployments } from '../index.ts'

const KEY = 'a-key'

const nothing = () => Promise.reject(new Error('was called'))

/** One process that runs code, and another that has it run. */
const twoProcesses = async ({ call = nothing, open = nothing }: Partial<Deployments>, key = KEY) => {
  const serving = await serveDeployments({
    deployments: { call, open, processes: () => 0, close: async () => {} },
    host: '127.0.0.1',
    port: 0,
    isKey: (given) => given === KEY,
    onError: () => {},
  })
  const deployments = remoteDeployments({ url: `http://127.0.0.1:${serving.port}`, key: () => key })
  const runtime = createRuntime({ allowPrivateHosts: false, deployments })
  onTestFinished(async () => {
    await runtime.close()
    await deployments.close()
    await serving.close()
  })
  const deployment = { kind: 'integration', id: 'i', version: '1' } as const
  const made = { url: '', deployment, headers: { 'x-bot-id': 'b' }, body: '"ä"', timeoutMs: 30_000 }
  return {
    call: (more: { signal?: AbortSignal } = {}) => runtime.call({ ...made, ...more }),
    open: () => runtime.open(made),
  }
}

test('a call reaches code that another process runs, and its answer comes back whole', async () => {
  const { call } = await twoProcesses({
    call: async (deployment, { headers, body }, { timeoutMs }) => {
      const said = Buffer.from(`${JSON.stringify({ deployment, headers, body, timeoutMs })}${'"'.repeat(3_000_000)}`)
      const bytes = Buffer.concat([said, Buffer.of(0xff)])
      return { status: 418, headers: { 'x-a': 'b' }, cookies: ['c=1, 2'], body: bytes.toString(), bytes, durationMs: 1 }
    },
  })
  const { status, headers, cookies, body, bytes } = await call()
  expect([status, headers, cookies, bytes.length > 3_000_000, bytes.at(-1)]).toEqual([
    418,
    { 'x-a': 'b' },
    ['c=1, 2'],
    true,
    0xff,
  ])
  expect(JSON.parse(body.replace(/"{10,}.$/, ''))).toEqual({
    deployment: { kind: 'integration', id: 'i', version: '1' },
    headers: { 'x-bot-id': 'b' },
    body: '"ä"',
    timeoutMs: 30_000,
  })
})

test('an answer is read while the code over there still gives it', async () => {
  const given = new Readable({ read: () => {} })
  const { open } = await twoProcesses({
    open: async () => ({
      status: 202,
      headers: { 'x-a': 'b'.repeat(15_000) },
      cookies: ['c=1, 2'],
      body: given,
      over: Promise.resolve(undefined),
    }),
  })
  const { status, headers, cookies, body } = await open()
  expect([status, headers['x-a']?.length, cookies]).toEqual([202, 15_000, ['c=1, 2']])
  given.push('first ')
  await expect.poll(() => body.readableLength).toBe(6)
  given.push('last')
  given.push(null)
  expect(await text(body)).toBe('first last')
})

test.each([
  ['one end', 'breaks off'],
  ['the other', 'is not wanted any more'],
])('an answer that at %s %s ends at both', async (end) => {
  const given = new Readable({ read: () => {} }).on('error', () => {})
  const { open } = await twoProcesses({
    open: async () => ({ status: 200, headers: {}, cookies: [], body: given, over: Promise.resolve(undefined) }),
  })
  const { body } = await open()
  if (end === 'one end') given.destroy(new CallFailure('timeout', 'over'))
  else body.destroy()
  await expect.poll(() => [given.destroyed, body.destroyed]).toEqual([true, true])
  if (end === 'one end') expect(body.errored).toMatchObject({ name: 'CallFailure', reason: 'cut' })
})

test('why there is no answer is told as if it ran here', async () => {
  const crash = async () => {
    throw new CallFailure('crashed', 'The bot ended with exit code 3.')
  }
  const { call, open } = await twoProcesses({ call: crash, open: crash })
  for (const told of [call(), open()])
    await expect(told).rejects.toMatchObject({
      name: 'CallFailure',
      reason: 'crashed',
      message: 'The bot ended with exit code 3.',
    })
})

test('a call that nobody waits for any more ends over there as well', async () => {
  const waiting = new AbortController()
  let ended = false
  const { call } = await twoProcesses({
    call: (_deployment, _call, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          ended = true
          reject(new CallFailure('aborted', 'over'))
        })
        waiting.abort()
      }),
  })
  await expect(call({ signal: waiting.signal })).rejects.toMatchObject({ reason: 'aborted' })
  await expect.poll(() => ended).toBe(true)
})

test('nobody comes in without the key', async () => {
  const { call, open } = await twoProcesses({}, 'another')
  for (const told of [call(), open()])
    await expect(told).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('401') as string,
    })
})
