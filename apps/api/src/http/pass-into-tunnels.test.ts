import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { startApi } from '../testing/start-api.ts'

const api = await startApi({ hasTunnels: true })
const at = (path: string) => `${api.url}/${path}`

type Asked = { id: string; method: string; path: string; query: string; headers: Record<string, string>; body: string }
type Answer = { status: number; headers?: Record<string, string>; body?: string }

/** The other end of a tunnel, as a developer's tool holds it. */
const connect = async (id: string, answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>) => {
  const socket = new WebSocket(at(id).replace('http', 'ws'))
  onTestFinished(() => socket.terminate())
  const reply = async (asked: Asked): Promise<void> => {
    const answered = await answer(asked)
    if (answered) socket.send(JSON.stringify({ type: 'response', requestId: asked.id, ...answered }))
  }
  socket.on('message', (data: Buffer) => void reply(JSON.parse(data.toString()) as Asked))
  await once(socket, 'open')
  return socket
}

const echo = (asked: Asked): Answer => ({ status: 201, headers: { 'x-echo': 'yes' }, body: JSON.stringify(asked) })

const closed = async (id: string): Promise<number> => {
  const socket = new WebSocket(at(id).replace('http', 'ws'))
  const [code] = (await once(socket, 'close')) as [number]
  return code
}

test('a request comes out at the other end as it is, and the answer comes back', async () => {
  await connect('dev-1', echo)
  const answer = await fetch(at('dev-1/some/path?a=1&a=%20'), {
    method: 'POST',
    headers: { 'x-own': 'own' },
    body: 'Grüße',
  })
  expect(answer.status).toBe(201)
  expect(answer.headers.get('x-echo')).toBe('yes')
  expect(await answer.json()).toMatchObject({
    type: 'request',
    method: 'POST',
    path: '/some/path',
    query: 'a=1&a=%20',
    headers: { 'x-own': 'own' },
    body: 'Grüße',
  })
  expect(await (await fetch(at('dev-1'))).json()).toMatchObject({ method: 'GET', path: '/', query: '', body: '' })
})

test('many requests at once find their answers, whatever order these come in', async () => {
  const waiting: { asked: Asked; resolve: (answer: Answer) => void }[] = []
  await connect('many', (asked) => {
    const answer = new Promise<Answer>((resolve) => waiting.push({ asked, resolve }))
    if (waiting.length === 50) for (const one of waiting.reverse()) one.resolve(echo(one.asked))
    return answer
  })
  const answers = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => (await (await fetch(at(`many?n=${n}`))).json()) as Asked),
  )
  expect(answers.map(({ query }) => query)).toEqual(Array.from({ length: 50 }, (_, n) => `n=${n}`))
})

test('tunnels do not see each other, and an id that is in use is refused', async () => {
  await connect('mine', () => ({ status: 200, body: 'mine' }))
  await connect('yours', () => ({ status: 200, body: 'yours' }))
  expect(await closed('mine')).toBe(4001)
  expect(await (await fetch(at('mine'))).text()).toBe('mine')
  expect(await (await fetch(at('yours'))).text()).toBe('yours')
})

test.each(['v1', '_understudy', 'webhook', 'docs', 'healthz', 'two/segments', 'odd%20id', ''])(
  'the path /%s is no tunnel',
  async (id) => {
    expect(await closed(id)).toBe(4000)
  },
)

test('nobody is there before a tunnel is opened; between two connections its bot is away', async () => {
  expect((await fetch(at('again'))).status).toBe(404)
  const first = await connect('again', () => ({ status: 200, body: 'first' }))
  first.terminate()
  await expect.poll(async () => (await fetch(at('again'))).status).toBe(503)
  await connect('again', () => ({ status: 200, body: 'second' }))
  expect(await (await fetch(at('again'))).text()).toBe('second')
})

test('a request whose tunnel breaks is answered at once', async () => {
  const socket = await connect('breaks', () => {
    socket.terminate()
    return undefined
  })
  const answer = await fetch(at('breaks'))
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('1')
})

test('large bodies pass both ways', async () => {
  await connect('large', ({ body }) => ({ status: 200, body }))
  const body = 'x'.repeat(5_000_000)
  expect((await (await fetch(at('large'), { method: 'POST', body })).text()).length).toBe(body.length)
})

test.each([
  ['a status that is none', { status: 99 }],
  ['a switch of protocols', { status: 101 }],
])('%s ends the tunnel, not the server', async (name, answer) => {
  const id = name.replaceAll(' ', '-')
  await connect(id, () => answer)
  expect((await fetch(at(id))).status).toBe(503)
  expect((await fetch(at('healthz'))).status).toBe(200)
})

test('an answer with headers that HTTP does not allow is none', async () => {
  await connect('headers', () => ({ status: 200, headers: { 'x-bad': 'a\nb' } }))
  expect((await fetch(at('headers'))).status).toBe(502)
})
