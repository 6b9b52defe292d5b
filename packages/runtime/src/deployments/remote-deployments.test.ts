import { expect, onTestFinished, test } from 'vitest'
import { CallFailure, createRuntime, type Deployments, remoteDeployments, serveDeployments } from '../index.ts'

const KEY = 'a-key'

/** One process that runs code, and another that has it run. */
const twoProcesses = async (call: Deployments['call'], key = KEY) => {
  const serving = await serveDeployments({
    deployments: { call, processes: () => 0, close: async () => {} },
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
  return (more: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    runtime.call({ url: '', deployment, headers: { 'x-bot-id': 'b' }, body: '"ä"', timeoutMs: 30_000, ...more })
}

test('a call reaches code that another process runs, and its answer comes back whole', async () => {
  const call = await twoProcesses(async (deployment, { headers, body }, { timeoutMs }) => {
    const said = Buffer.from(`${JSON.stringify({ deployment, headers, body, timeoutMs })}${'"'.repeat(3_000_000)}`)
    const bytes = Buffer.concat([said, Buffer.of(0xff)])
    return { status: 418, headers: { 'x-a': 'b' }, cookies: ['c=1, 2'], body: bytes.toString(), bytes, durationMs: 1 }
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

test('why there is no answer is told as if it ran here', async () => {
  const call = await twoProcesses(async () => {
    throw new CallFailure('crashed', 'The bot ended with exit code 3.')
  })
  await expect(call()).rejects.toMatchObject({
    name: 'CallFailure',
    reason: 'crashed',
    message: 'The bot ended with exit code 3.',
  })
})

test('a call that nobody waits for any more ends over there as well', async () => {
  const waiting = new AbortController()
  let ended = false
  const call = await twoProcesses(
    (_deployment, _call, { signal }) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          ended = true
          reject(new CallFailure('aborted', 'over'))
        })
        waiting.abort()
      }),
  )
  await expect(call({ signal: waiting.signal })).rejects.toMatchObject({ reason: 'aborted' })
  await expect.poll(() => ended).toBe(true)
})

test('nobody comes in without the key', async () => {
  const call = await twoProcesses(() => Promise.reject(new Error('was called')), 'another')
  await expect(call()).rejects.toMatchObject({
    reason: 'unreachable',
    message: expect.stringContaining('401') as string,
  })
})
