import { randomBytes } from 'node:crypto'
import type { StorageFile } from '@understudy/contract'
import { createIntegration, newUuid, updateBot } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let bot: Caller
let viewer: Caller
let integration: Caller

beforeAll(async () => {
  api = await startApi()
  ;[bot, viewer, integration] = [await api.bot(), await api.account('viewer'), await api.integration()]
})

const FILES = '/v1/storage/files'
const bytes = randomBytes(100_000)

type New = { contents?: string; name?: string; accessType?: string; botId?: string }
const create = (caller: Caller, { contents = bytes.toString('base64'), ...given }: New = {}) =>
  caller.call('POST', FILES, { botId: api.home.botId, name: 'cat.png', accessType: 'private', contents, ...given })
const fileIn = ({ status, body }: Answer): StorageFile => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body['file'] as StorageFile
}
const stored = async (given: New = {}, caller = bot) => fileIn(await create(caller, given))

/** Without a token, unless told. @param path of this server, or a public URL of it */
const download = async (path: string, headers: Record<string, string> = {}, method = 'GET') => {
  const answer = await fetch(path.replace('http://understudy.test', '').replace(/^\//, `${api.url}/`), {
    method,
    headers,
  })
  const body = Buffer.from(await answer.arrayBuffer())
  const json = () => JSON.parse(body.toString()) as Record<string, unknown>
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body, json }
}
const contentsOf = ({ id }: { id: string }, headers: Record<string, string> = {}, method = 'GET') =>
  download(`${FILES}/${id}/download`, { ...bot.headers, ...headers }, method)
const expectRefusal = ({ status, body }: Answer, type: string, message: RegExp) => {
  expect(body).toMatchObject({ code: status, type, message: expect.stringMatching(message) })
}

describe('a file', () => {
  test('comes back as it was, with what its name says it is', async () => {
    const file = await stored()
    expect(file).toEqual({
      id: expect.stringMatching(/^file_[0-9A-Z]{26}$/),
      botId: api.home.botId,
      name: 'cat.png',
      accessType: 'private',
      size: bytes.length,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    })
    expect(fileIn(await bot.call('GET', `${FILES}/${file.id}`))).toEqual(file)
    const { status, headers, body } = await contentsOf(file)
    expect([status, body.equals(bytes)]).toEqual([200, true])
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': 'inline; filename=cat.png',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-cache',
    })
  })

  test('may be empty', async () => {
    const file = await stored({ contents: '' })
    const { status, headers, body } = await contentsOf(file)
    expect([status, file.size, headers['content-length'], body.length]).toEqual([200, 0, '0', 0])
  })

  test.each(['../../etc/passwd', '..', '/', 'a\r\nset-cookie: x=1', '"; filename=x', 'ß\u2028😀.txt', ''])(
    'named %j leads nowhere and breaks no header',
    async (name) => {
      const file = await stored({ name })
      expect(file.name).toBe(name)
      const { status, headers, body } = await contentsOf(file)
      expect([status, body.equals(bytes), headers['set-cookie']]).toEqual([200, true, undefined])
    },
  )

  test('is gone with its contents once it is deleted', async () => {
    const file = await stored({ accessType: 'public' })
    expect(await bot.call('DELETE', `${FILES}/${file.id}`)).toMatchObject({ status: 200, body: {} })
    expectRefusal(await bot.call('GET', `${FILES}/${file.id}`), 'ResourceNotFound', /File "file_.*" not found/)
    expectRefusal(await bot.call('DELETE', `${FILES}/${file.id}`), 'ResourceNotFound', /not found/)
    expect([(await contentsOf(file)).status, (await download(file.publicUrl ?? '')).status]).toEqual([404, 404])
    expect(await api.platform.files.read(`storage-files/${file.id}`)).toBeUndefined()
  })

  test('without contents says that they are gone', async () => {
    const file = await stored()
    await api.platform.files.remove(`storage-files/${file.id}`)
    const { status, headers, json } = await contentsOf(file)
    expect(headers['content-type']).toBe('application/json; charset=utf-8')
    expect(json()).toMatchObject({ code: 410, type: 'ResourceGone', message: expect.stringContaining(file.id) })
    expect([status, (await contentsOf(file, {}, 'HEAD')).status]).toEqual([410, 410])
  })
})

describe('what a client may ask for', () => {
  let file: StorageFile
  beforeAll(async () => {
    file = await stored()
  })

  test.each([
    ['bytes=0-9', 0, 9],
    ['bytes=10-10', 10, 10],
    ['bytes=99990-', 99_990, 99_999],
    ['bytes=-5', 99_995, 99_999],
    ['bytes=99000-1000000', 99_000, 99_999],
  ])('%s is that part', async (range, start, end) => {
    const { status, headers, body } = await contentsOf(file, { range })
    expect(status).toBe(206)
    expect(headers).toMatchObject({
      'content-range': `bytes ${start}-${end}/100000`,
      'content-length': String(end - start + 1),
    })
    expect(body.equals(bytes.subarray(start, end + 1))).toBe(true)
  })

  test.each(['bytes=0-1,5-6', 'bytes=x', 'lines=1-2', 'bytes', ''])(
    'the range %j is not one, and all comes',
    async (range) => {
      const { status, body } = await contentsOf(file, { range })
      expect([status, body.equals(bytes)]).toEqual([200, true])
    },
  )

  test.each(['bytes=100000-', 'bytes=200000-300000', 'bytes=-0'])(
    '%s is beyond the end, and told so',
    async (range) => {
      const { status, headers, json } = await contentsOf(file, { range })
      expect(status).toBe(416)
      expect(headers).toMatchObject({
        'content-range': 'bytes */100000',
        'content-type': 'application/json; charset=utf-8',
      })
      expect(json()).toMatchObject({ code: 416, status: 416, message: expect.stringContaining('100000') })
    },
  )

  test('a copy that is still good is not sent again', async () => {
    const { headers } = await contentsOf(file)
    const etag = headers['etag'] ?? ''
    const again = await contentsOf(file, { 'if-none-match': etag })
    expect([again.status, again.body.length, again.headers['etag']]).toEqual([304, 0, etag])
    expect((await contentsOf(file, { 'if-none-match': '"another"' })).status).toBe(200)
    expect((await contentsOf(file, { range: 'bytes=0-1', 'if-range': etag })).status).toBe(206)
    expect((await contentsOf(file, { range: 'bytes=0-1', 'if-range': '"another"' })).status).toBe(200)
  })

  test('the head alone', async () => {
    const { status, headers, body } = await contentsOf(file, {}, 'HEAD')
    expect([status, headers['content-length'], headers['content-type'], body.length]).toEqual([
      200,
      '100000',
      'image/png',
      0,
    ])
    expect((await contentsOf(file, { range: 'bytes=0-9' }, 'HEAD')).headers['content-length']).toBe('10')
  })
})

describe('a public file', () => {
  test('is open to everybody who has its link, a private one to nobody without a token', async () => {
    const [open, closed] = [await stored({ accessType: 'public' }), await stored()]
    expect(open.publicUrl).toBe(`http://understudy.test/_understudy/storage/files/${open.id}`)
    const { status, headers, body } = await download(open.publicUrl ?? '')
    expect([status, body.equals(bytes), headers['cache-control']]).toEqual([200, true, 'no-cache'])
    expect((await download(open.publicUrl ?? '', { range: 'bytes=0-9' })).status).toBe(206)
    expect((await download(`/_understudy/storage/files/${closed.id}`, bot.headers)).status).toBe(404)
    for (const { id } of [open, closed]) expect((await download(`${FILES}/${id}/download`)).status).toBe(401)
  })

  test.each([
    'page.html',
    'drawing.svg',
    'feed.xml',
    'script.js',
    'page.xhtml',
    'unheard.of',
    'paper.pdf',
    'photo.jpg',
  ])('%s runs nothing in a browser', async (name) => {
    const { publicUrl = '' } = await stored({ name, accessType: 'public' })
    const { headers } = await download(publicUrl)
    expect(headers['x-content-type-options']).toBe('nosniff')
    const isInert = /^(image\/jpeg|application\/(pdf|octet-stream))$/.test(headers['content-type'] ?? '')
    if (isInert) expect(headers['content-security-policy']).toBeUndefined()
    else expect(headers['content-security-policy']).toMatch(/(^|; )sandbox$/)
  })
})

describe('what is wrong is told', () => {
  test('contents that are no Base64', async () => {
    expectRefusal(await create(bot, { contents: 'Hello, world' }), 'InvalidPayload', /contents.*Base64/)
  })

  test('a file that is larger than allowed', { timeout: 120_000 }, async () => {
    const max = 25 * 1024 * 1024
    const allowed = await create(bot, { contents: Buffer.alloc(max).toString('base64') })
    expect(fileIn(allowed).size).toBe(max)
    const { status, body } = await create(bot, { contents: Buffer.alloc(max + 1).toString('base64') })
    expect([status, body]).toEqual([
      413,
      expect.objectContaining({
        type: 'LimitExceeded',
        metadata: { limit: 'storageFileBytes', max, actual: max + 1 },
      }),
    ])
  })

  test.each([
    ['private or public', { accessType: 'shared' }, /accessType/],
    ['a long name', { name: 'x'.repeat(1001) }, /name/],
  ])('%s', async (_, given, message) => {
    expectRefusal(await create(bot, given), 'InvalidPayload', message)
  })

  test('files that are away at the moment', async () => {
    const { files } = api.platform
    const away = Object.assign(new Error('EIO'), { name: 'FilesUnavailable' })
    const written = { ...files }
    files.write = () => Promise.reject(away)
    const { status, headers } = await create(bot)
    Object.assign(files, written)
    expect([status, headers.get('retry-after')]).toEqual([503, '1'])
  })
})

describe('who may see which', () => {
  test('an account by its role: viewers read, developers write', async () => {
    const file = await stored()
    const developer = await api.account('developer')
    expect(fileIn(await viewer.call('GET', `${FILES}/${file.id}`))).toEqual(file)
    expect((await download(`${FILES}/${file.id}/download`, viewer.headers)).status).toBe(200)
    expectRefusal(await create(viewer), 'Forbidden', /developer/)
    expectRefusal(await viewer.call('DELETE', `${FILES}/${file.id}`), 'Forbidden', /developer/)
    expect((await developer.call('DELETE', `${FILES}/${file.id}`)).status).toBe(200)
  })

  test('a bot its own, and those its integrations made for it', async () => {
    const file = await stored({}, integration)
    expect(fileIn(await bot.call('GET', `${FILES}/${file.id}`))).toEqual(file)
    const other = (await (await api.account('developer')).call('POST', '/v1/admin/bots', {})).body['bot'] as {
      id: string
    }
    const another = await api.bot(other.id)
    expectRefusal(await another.call('GET', `${FILES}/${file.id}`), 'ResourceNotFound', /not found/)
    expectRefusal(
      await another.call('GET', `${FILES}?botId=${api.home.botId}`),
      'ResourceNotFound',
      /^Bot ".*" not found/,
    )
    expectRefusal(await create(another), 'ReferenceNotFound', /botId/)
  })

  test('an integration what it made, in bots that have it', async () => {
    const admin = await api.owner()
    const second = await createIntegration(admin, { name: `second${newUuid().slice(0, 8)}`, version: '1.0.0' })
    const asSecond = await api.integration(second.id)
    expectRefusal(await create(asSecond), 'ReferenceNotFound', /botId/)
    const installed = { second: { integrationId: second.id, enabled: true } }
    await updateBot(admin, api.home.botId, { integrations: installed }, 'alias')
    const [mine, theirs] = [await stored({}, asSecond), await stored({}, integration)]
    expect(fileIn(await asSecond.call('GET', `${FILES}/${mine.id}`))).toEqual(mine)
    for (const { id } of [theirs, await stored()])
      expectRefusal(await asSecond.call('GET', `${FILES}/${id}`), 'ResourceNotFound', /not found/)
    const { files } = (await asSecond.call('GET', `${FILES}?botId=${api.home.botId}`)).body as { files: StorageFile[] }
    expect(files).toEqual([mine])
  })

  test('nobody those of a blocked bot', async () => {
    const { body } = await (await api.account('developer')).call('POST', '/v1/admin/bots', {})
    const { id: botId } = body['bot'] as { id: string }
    const blocked = await api.bot(botId)
    const file = await stored({ botId, accessType: 'public' }, blocked)
    await api.platform.db.prisma.bot.update({ where: { id: botId }, data: { blocked: true } })
    expectRefusal(await create(blocked, { botId }), 'Forbidden', /blocked/)
    for (const path of [`${FILES}?botId=${botId}`, `${FILES}/${file.id}`])
      expectRefusal(await blocked.call('GET', path), 'Forbidden', /blocked/)
    expect((await download(file.publicUrl ?? '')).status).toBe(404)
  })

  test('a stranger none, as if there were none', async () => {
    const { asOwner, botId } = await api.neighbour()
    const file = await stored()
    for (const path of [`${FILES}/${file.id}`, `${FILES}/${file.id}/download`])
      expectRefusal(await asOwner.call('GET', path), 'ResourceNotFound', /not found/)
    expectRefusal(await asOwner.call('DELETE', `${FILES}/${file.id}`), 'ResourceNotFound', /not found/)
    expectRefusal(await asOwner.call('GET', `${FILES}?botId=${api.home.botId}`), 'ResourceNotFound', /not found/)
    expectRefusal(await create(bot, { botId }), 'ReferenceNotFound', /botId/)
    expectRefusal(await create(bot, { botId: 'no-uuid' }), 'ReferenceNotFound', /botId/)
    expect((await contentsOf(file)).status).toBe(200)
  })
})

test('the list has every file of its bot once, newest first, page by page', async () => {
  const { body } = await (await api.account('developer')).call('POST', '/v1/admin/bots', {})
  const { id: botId } = body['bot'] as { id: string }
  const made: string[] = []
  for (let at = 0; at < 7; at++) made.unshift((await stored({ botId }, await api.account('developer'))).id)
  const seen: string[] = []
  let token = ''
  do {
    const page = await viewer.call('GET', `${FILES}?botId=${botId}&pageSize=3${token && `&nextToken=${token}`}`)
    const { files, meta } = page.body as { files: StorageFile[]; meta: { nextToken?: string } }
    seen.push(...files.map(({ id }) => id))
    token = meta.nextToken ?? ''
  } while (token)
  expect(seen).toEqual(made)
  expectRefusal(await viewer.call('GET', FILES), 'InvalidQuery', /botId/)
})
