import { once } from 'node:events'
import { connect } from 'node:net'
import { freePort } from '@understudy/testkit'
import { pino } from 'pino'
import { beforeAll, expect, test } from 'vitest'
import { serve } from './serve.ts'
import { startApi } from './testing/start-api.ts'

const HOST = '127.0.0.1'
const logger = pino({ level: 'silent' })

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi()
})

test('a server that is told to stop answers what is under way, takes nothing new and waits for nobody', async () => {
  const port = await freePort()
  const server = await serve({ platform: api.platform, host: HOST, port, logger })
  const { headers } = await api.account('owner')
  const body = { 'content-type': 'application/json', 'content-length': '11', expect: '100-continue' }

  const socket = connect(port, HOST)
  let answer = ''
  socket.on('data', (data) => (answer += String(data)))
  const lines = Object.entries({ host: HOST, ...headers, ...body }).map(([name, value]) => `${name}: ${value}`)
  socket.write(['POST /v1/chat/users HTTP/1.1', ...lines, '', '{"tags"'].join('\r\n'))
  // It has read the head and asks for the rest: the request is under way.
  await expect.poll(() => answer).toMatch(/^HTTP\/1.1 100 /)

  const since = performance.now()
  const closed = server.close()
  await expect.poll(() => fetch(`http://${HOST}:${port}/healthz`).catch(() => 'refused')).toBe('refused')
  socket.write(':{}}GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n')
  await Promise.all([closed, once(socket, 'close')])
  expect(answer).toMatch(/^HTTP\/1.1 201 /m)
  // Whoever asks over a connection that is still open is told.
  expect(answer).toMatch(/HTTP\/1.1 503 [^]*"process":"is stopping"/)
  // It would be ten seconds if the connection, kept alive by its client, had to be cut off.
  expect(performance.now() - since).toBeLessThan(5000)
})

test.each([
  ['a port that is taken', HOST, () => Number(new URL(api.url).port), /^Port \d+ on 127\.0\.0\.1 is taken/],
  ['an address of another machine', '203.0.113.1', freePort, /^HOST "203\.0\.113\.1" is no address of this machine/],
])('%s is one sentence for the operator', async (_, host, port, sentence) => {
  const refused = serve({ platform: api.platform, host, port: await port(), logger })
  await expect(refused).rejects.toMatchObject({ name: 'OperatorError', message: expect.stringMatching(sentence) })
})
