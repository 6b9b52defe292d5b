import type { Integration } from '@understudy/contract'
import { beforeAll, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
const PNG = Buffer.from('\x89PNG\r\n\x1a\nand so on', 'latin1')

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
})

const base64 = (contents: string | Buffer): string => Buffer.from(contents).toString('base64')
const integrationIn = ({ status, body }: Answer): Integration => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['integration'] as Integration
}
const publish = async (name: string, properties: object = {}) =>
  integrationIn(await developer.call('POST', PATH, { name, version: '1.0.0', ...properties }))
const change = async (id: string, changes: object) => developer.call('PUT', `${PATH}/${id}`, changes)
const read = async (id: string) => integrationIn(await developer.call('GET', `${PATH}/${id}`))
/** As a browser would: no token, and at the address where it really is. */
const follow = (url: string, headers: Record<string, string> = {}) =>
  fetch(url.replace(api.platform.publicUrl, api.url), { headers })

test('an icon is shown to whoever has its address, by its own type, and may be kept for good', async () => {
  const { iconUrl } = await publish('pictured', { icon: base64(PNG) })
  const answer = await follow(iconUrl)
  expect(answer.status).toBe(200)
  expect(Buffer.from(await answer.arrayBuffer()).equals(PNG)).toBe(true)
  expect(answer.headers.get('content-type')).toBe('image/png')
  expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  expect((await follow(iconUrl, { 'if-none-match': answer.headers.get('etag') ?? '' })).status).toBe(304)
})

test('an SVG runs nothing and fetches nothing, even when it is opened as a page', async () => {
  const { iconUrl } = await publish('scripted', { icon: base64(SVG) })
  const answer = await follow(iconUrl)
  expect(answer.headers.get('content-type')).toBe('image/svg+xml')
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain('sandbox')
  expect(policy).not.toMatch(/script-src|allow-scripts/)
  expect(await answer.text()).toBe(SVG)
})

test('all versions have the one icon, each its own readme, and lists show them too', async () => {
  const first = await publish('several', { icon: base64(PNG), readme: base64('# One') })
  const second = await publish('several', { version: '2.0.0', readme: base64('# Twö') })
  expect((await change(second.id, { icon: base64(SVG) })).status).toBe(200)
  for (const [id, readme] of [
    [first.id, '# One'],
    [second.id, '# Twö'],
  ] as const) {
    const { iconUrl, readmeUrl } = await read(id)
    expect(await (await follow(iconUrl)).text()).toBe(SVG)
    const answer = await follow(readmeUrl)
    expect(await answer.text()).toBe(readme)
    expect(answer.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    const { body } = await developer.call('GET', `${PATH}?name=several`)
    expect((body['integrations'] as { iconUrl: string }[]).map((one) => one.iconUrl)).toContain(iconUrl)
  }
})

test('an address leads to the bytes it was made for, and to nothing once there are others', async () => {
  const { id, iconUrl, readmeUrl } = await publish('changing', { icon: base64(PNG), readme: base64('# Old') })
  await change(id, { icon: base64(SVG), readme: base64('# New') })
  expect((await follow(iconUrl)).status).toBe(404)
  expect((await follow(readmeUrl)).status).toBe(404)
  const changed = await read(id)
  expect(changed.iconUrl).not.toBe(iconUrl)
  await change(id, { icon: '', readme: '' })
  expect(await read(id)).toMatchObject({ iconUrl: '', readmeUrl: '' })
  expect((await follow(changed.iconUrl)).status).toBe(404)
})

test('what is not mentioned stays', async () => {
  const { id, iconUrl, readmeUrl } = await publish('keeping', { icon: base64(PNG), readme: base64('# Here') })
  await change(id, { title: 'Keeping' })
  expect(await read(id)).toMatchObject({ iconUrl, readmeUrl })
  expect(await publish('keeping', { version: '1.1.0' })).toMatchObject({ iconUrl, readmeUrl: '' })
})

test('the names of files, which is what the official tool sends while somebody develops, are as if not mentioned', async () => {
  const names = { icon: 'icon.svg', readme: './hub.md' }
  const made = await publish('developed', { dev: true, url: 'http://127.0.0.1:1', ...names })
  expect(made).toMatchObject({ iconUrl: '', readmeUrl: '' })
  expect((await change(made.id, names)).status).toBe(200)
})

test.each([
  ['an icon that is no Base64', { icon: 'no base 64' }, 'InvalidPayload', /icon/],
  ['an icon that is no image', { icon: base64('<html></html>') }, 'InvalidPayload', /icon/],
  ['an icon that is too large', { icon: base64(`<svg>${' '.repeat(2 ** 20)}</svg>`) }, 'LimitExceeded', /iconBytes/],
  ['a readme that is no Base64', { readme: '%' }, 'InvalidPayload', /readme/],
  ['a readme that is no text', { readme: base64(PNG) }, 'InvalidPayload', /readme/],
  ['a readme that is too large', { readme: base64('x'.repeat(2 ** 20 + 1)) }, 'LimitExceeded', /readmeBytes/],
])('%s is refused', async (_, properties, type, message) => {
  const { body } = await developer.call('POST', PATH, { name: 'refused', version: '1.0.0', ...properties })
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
})
