import { expect, test } from 'vitest'
import { changedBotDefinition, newBotDefinition } from './bot-definition.rules.ts'

const schema = { type: 'object' }

test('what the author of a new bot left out is empty, it hears of every event, and its configuration takes nothing', () => {
  expect(newBotDefinition({})).toEqual({
    user: { tags: {} },
    conversation: { tags: {} },
    message: { tags: {} },
    states: {},
    events: {},
    actions: {},
    recurringEvents: {},
    subscriptions: { events: null },
    medias: [],
    configuration: { schema: { type: 'object', properties: {}, additionalProperties: false } },
  })
})

test('absent is unchanged, null under a name removes it, what is given replaces its namesake', () => {
  const known = newBotDefinition({
    user: { tags: { vip: { title: 'VIP' }, old: {} } },
    states: { a: { type: 'user', schema }, b: { type: 'bot', schema } },
    events: { tick: { schema, attributes: { x: '1' } } },
  })
  const changed = changedBotDefinition(known, {
    user: { tags: { old: null, fresh: {} } },
    states: { a: { type: 'conversation', schema } },
    events: { tock: { schema, attributes: { kept: 'yes', gone: null } } },
  })
  expect(changed.user.tags).toEqual({ vip: { title: 'VIP' }, fresh: {} })
  expect(changed.states).toEqual({ a: { type: 'conversation', schema }, b: { type: 'bot', schema } })
  expect(changed.events).toEqual({ tick: known.events['tick'], tock: { schema, attributes: { kept: 'yes' } } })
  expect(changed.message).toEqual(known.message)
})

test('layers are kept although nobody is shown them', () => {
  const layered = changedBotDefinition(newBotDefinition({}), { layers: ['chromium'] })
  expect(layered.layers).toEqual(['chromium'])
  expect(changedBotDefinition(layered, { events: {} }).layers).toEqual(['chromium'])
})

test('subscriptions narrow every event to some, grow and shrink by name, and widen to every event again', () => {
  const events = (known: ReturnType<typeof newBotDefinition>, change: Record<string, object | null> | null) =>
    changedBotDefinition(known, { subscriptions: { events: change as Record<string, Record<string, unknown> | null> } })
  const some = events(newBotDefinition({}), { 'slack:a': {}, 'slack:b': {} })
  expect(some.subscriptions.events).toEqual({ 'slack:a': {}, 'slack:b': {} })
  expect(events(some, { 'slack:b': null, 'slack:c': {} }).subscriptions.events).toEqual({
    'slack:a': {},
    'slack:c': {},
  })
  expect(events(some, null).subscriptions.events).toBeNull()
})
