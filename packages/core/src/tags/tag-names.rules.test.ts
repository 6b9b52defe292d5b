import { expect, test } from 'vitest'
import type { InstallationProfile } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { tagMatch } from './tag-match.rules.ts'
import { declaredTags, namedTags, ownTags, tagChange } from './tag-names.rules.ts'

const installation = (alias: string): InstallationProfile => ({
  id: `id of ${alias}`,
  alias,
  enabled: true,
  removed: false,
  mayAct: true,
  familyId: 'f',
  integrationName: alias,
  native: false,
  integrationId: 'v',
  integrationIds: ['v'],
  userTags: { id: {}, 'a:b': {} },
  channels: {},
  states: {},
  events: {},
})

const slack = installation('slack')
const gmail = installation('gmail')
const as = (acting?: InstallationProfile) =>
  ({
    bot: { id: 'bot', userTags: { vip: {} }, installations: [slack, gmail] },
    installation: acting,
  }) as unknown as BotContext

const declared = { byBot: { vip: {} }, byInstallation: ({ userTags }: InstallationProfile) => userTags }

test('an integration writes bare names, all of them its own', () => {
  expect(declaredTags(as(slack), { id: 'u1' }, declared)).toMatchObject({
    installation: slack,
    ofInstallation: { id: 'u1' },
    ofBot: {},
  })
})

test('the bot says <alias>:<name> for a tag of an integration, and bare names for its own', () => {
  expect(declaredTags(as(), { 'slack:id': 'u1', vip: 'yes' }, declared)).toMatchObject({
    installation: slack,
    ofInstallation: { id: 'u1' },
    ofBot: { vip: 'yes' },
  })
})

test('only the first colon separates: names of tags may hold more', () => {
  expect(ownTags(as(), { 'slack:a:b': 'x' }).ofInstallation).toEqual({ 'a:b': 'x' })
})

test('what is read back has the names it was written with', () => {
  expect(namedTags(as(), slack.id, { id: 'u1' }, { vip: 'yes' })).toEqual({ 'slack:id': 'u1', vip: 'yes' })
  expect(namedTags(as(slack), slack.id, { id: 'u1' }, { vip: 'yes' })).toEqual({ id: 'u1' })
})

test('an undeclared tag is refused by name, and the message lists what is declared under the caller’s names', () => {
  expect(() => declaredTags(as(slack), { colour: 'red' }, declared)).toThrow(
    'tags.colour: is not declared; declared are: a:b, id',
  )
  expect(() => declaredTags(as(), { colour: 'red' }, declared)).toThrow(
    /declared are: gmail:a:b, gmail:id, slack:a:b, slack:id, vip/,
  )
})

test('tags of two integrations never go together', () => {
  expect(() => declaredTags(as(), { 'slack:id': '1', 'gmail:id': '2' }, declared)).toThrow(/gmail:id/)
})

test('names like those of Object.prototype are names like any other, and not declared', () => {
  expect(() => declaredTags(as(slack), { constructor: 'x' }, declared)).toThrow(/tags.constructor/)
})

test('an empty value and null unset a tag, any other value sets it', () => {
  expect(tagChange({ a: '1', b: '', c: null })).toEqual({ set: { a: '1' }, unset: ['b', 'c'] })
})

test('no tags match nothing, and neither do discriminating names without a value', () => {
  expect(tagMatch(as(slack), {}, {})).toBeUndefined()
  expect(tagMatch(as(slack), { id: 'u1' }, {}, ['nick'])).toBeUndefined()
})

test('a list that names no tag counts as none: some clients have to send one', () => {
  expect(tagMatch(as(slack), { id: 'u1' }, {}, [])).toEqual(tagMatch(as(slack), { id: 'u1' }, {}))
})

test('all tags count, or only those that discriminate', () => {
  expect(tagMatch(as(slack), { id: 'u1', nick: 'ann' }, {})).toMatchObject({
    some: false,
    integrationTags: { id: 'u1', nick: 'ann' },
  })
  expect(tagMatch(as(slack), { id: 'u1', nick: 'ann' }, {}, ['id'])).toMatchObject({
    some: true,
    integrationTags: { id: 'u1' },
  })
})
