import { newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi()
})

const get = (path: string) => fetch(`${api.url}/_understudy/emulator/${path}`, { redirect: 'manual' })

test('the page is the same for every bot and for none: it tells nobody which there are', async () => {
  const [known, unknown] = [await get(api.home.botId), await get(newUuid())]
  expect([known.status, unknown.status]).toEqual([200, 200])
  expect(await known.text()).toBe(await unknown.text())
  expect(known.headers.get('content-type')).toMatch(/^text\/html/)
})

test('the page runs nothing and asks nobody but this server', async () => {
  const policy = (await get(api.home.botId)).headers.get('content-security-policy')?.split('; ') ?? []
  expect(policy).toEqual(expect.arrayContaining(["default-src 'none'", "script-src 'self'", "connect-src 'self'"]))
  expect(policy.join()).not.toMatch(/unsafe|\*/)
})

test('everything the page names is there, below its own address, and named nowhere else', async () => {
  const page = await (await get(api.home.botId)).text()
  const files = [...page.matchAll(/(?:src|href)="(?!data:)([^"]*)"/g)].map(([, file]) => file ?? '')
  expect(files).not.toEqual([])
  for (const file of files) {
    expect(file).toMatch(/^assets\//)
    const answer = await get(file)
    expect([file, answer.status]).toEqual([file, 200])
    for (const [, part = ''] of (await answer.text()).matchAll(/from '\.\/(.*)'/g))
      expect([part, (await get(`assets/${part}`)).status]).toEqual([part, 200])
  }
  expect((await get('assets/nothing.js')).status).toBe(404)
})

test('an address with a slash at its end leads to the page, wherever the server lives', async () => {
  const answer = await get(`${api.home.botId}/`)
  expect([answer.status, answer.headers.get('location')]).toEqual([302, `../${api.home.botId}`])
})
