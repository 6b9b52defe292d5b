import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

const PATH = '/v1/admin/integrations'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
/** A public version and a private one of this workspace, both with an event. */
const ids: Record<string, string> = {}

const base64 = (text: string): string => Buffer.from(text).toString('base64')
const events = { squawk: { schema: {} } }

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  const publish = async (caller: Caller, name: string, visibility: string) => {
    const answer = await caller.call('POST', PATH, { name, version: '1.0.0', visibility, events })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    return (answer.body['integration'] as { id: string }).id
  }
  const neighbour = await api.neighbour()
  await publish(neighbour.asOwner, 'theirs', 'public')
  Object.assign(ids, {
    public: await publish(developer, 'shown', 'public'),
    private: await publish(developer, 'theirs', 'private'),
  })
})

/** Every row there is, whoever it belongs to. */
const everything = async (): Promise<string> => {
  const { db } = api.platform
  const tables = await db.rows<{ name: string }>(
    {
      name: 'test.tables',
      text: `select table_name as name from information_schema.tables
        where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    },
    [],
  )
  const rows = await Promise.all(
    tables.map(({ name }) =>
      db.one<{ rows: string }>(
        {
          name: `test.all.${name}`,
          text: `select coalesce(json_agg(t order by t::text), '[]')::text as rows from "${name}" t`,
        },
        [],
      ),
    ),
  )
  return JSON.stringify(rows)
}

/** What is checked is answered as what is done, and nothing is done. */
const rehearse = async (method: string, path: string, body: object): Promise<Answer> => {
  const before = await everything()
  const answer = await developer.call(method, path, body)
  expect(await everything()).toBe(before)
  return answer
}
const said = ({ status, body }: Answer) => ({ status, ...body, id: '' })

const schema = { type: 'nonsense' }
const broken = { input: { schema }, output: { schema: {} } }

describe('whether an integration could be created', () => {
  const sound = { name: 'fresh', version: '1.0.0' }

  test.each([
    ['a new name', sound],
    [
      'another version of a public one',
      { name: 'shown', version: '2.0.0', icon: base64('<svg/>'), secrets: { A: 'b' } },
    ],
    [
      'a version under development beside one that exists',
      { name: 'shown', version: '1.0.0', dev: true, url: 'http://x' },
    ],
  ])('is yes for %s, which does not exist afterwards', async (_, body) => {
    const answer = await rehearse('POST', `${PATH}/validate`, body)
    expect(answer).toMatchObject({ status: 200, body: {} })
  })

  test.each([
    ['a version that exists', { name: 'shown', version: '1.0.0' }, 'AlreadyExists'],
    ['a public name of another workspace', { name: 'theirs', version: '2.0.0', public: true }, 'AlreadyExists'],
    ['the handle of another workspace', { name: 'botpress/slack', version: '1.0.0' }, 'InvalidPayload'],
    ['a version that is none', { name: 'fresh', version: '1' }, 'InvalidPayload'],
    ['a schema that is none', { ...sound, actions: { a: broken } }, 'InvalidJsonSchema'],
    ['a name with spaces', { ...sound, events: { 'a b': { schema: {} } } }, 'InvalidIdentifier'],
    ['an interface nobody has', { ...sound, interfaces: { a: { id: 'x'.repeat(28) } } }, 'ReferenceNotFound'],
    ['an icon that is none', { ...sound, icon: base64('none') }, 'InvalidPayload'],
    ['a readme that is too large', { ...sound, readme: base64('x'.repeat(2 ** 20 + 1)) }, 'LimitExceeded'],
    ['a body of another shape', { name: 7 }, 'InvalidPayload'],
  ])('is no for %s, in the same words', async (_, body, type) => {
    const answer = await rehearse('POST', `${PATH}/validate`, body)
    expect(answer.body).toMatchObject({ type })
    expect(said(await developer.call('POST', PATH, body))).toEqual(said(answer))
  })
})

describe('whether an integration could be changed', () => {
  test.each([
    [
      'how a public one is described and built',
      'public',
      { title: 'B', code: 'x', readme: base64('# B'), secrets: { A: '' } },
    ],
    ['what a public one declares, as it is', 'public', { events }],
    ['whom a public one is shown to', 'public', { visibility: 'private', events: { squawk: null } }],
    ['what a private one declares', 'private', { events: { squawk: null }, actions: {} }],
  ])('is yes for %s, which is as before afterwards', async (_, which, changes) => {
    expect(await rehearse('PUT', `${PATH}/${ids[which]}/validate`, changes)).toMatchObject({ status: 200, body: {} })
  })

  test.each([
    ['what a public one declares', 'public', { events: { squawk: null } }, 'BreakingChanges'],
    ['a name another workspace has published', 'private', { visibility: 'public' }, 'AlreadyExists'],
    ['a schema that is none', 'private', { states: { s: { type: 'user', schema } } }, 'InvalidJsonSchema'],
    ['a url outside of development', 'private', { url: 'http://x' }, 'InvalidPayload'],
    ['an icon that is none', 'private', { icon: '%' }, 'InvalidPayload'],
    ['a time to run that is too long', 'private', { maxExecutionTime: 10_000 }, 'InvalidPayload'],
  ])('is no for %s, in the same words', async (_, which, changes, type) => {
    const answer = await rehearse('PUT', `${PATH}/${ids[which]}/validate`, changes)
    expect(answer.body).toMatchObject({ type })
    expect(said(await developer.call('PUT', `${PATH}/${ids[which]}`, changes))).toEqual(said(answer))
  })
})
