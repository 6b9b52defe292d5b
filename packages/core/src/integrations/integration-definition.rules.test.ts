import { expect, test } from 'vitest'
import { changedDefinition, newDefinition } from './integration-definition.rules.ts'

const schema = { type: 'object', properties: { volume: { type: 'number' } } }
const nothing = { type: 'object', properties: {}, additionalProperties: false }

const known = newDefinition({
  name: 'parrot',
  version: '1.0.0',
  configuration: { schema, identifier: { linkTemplateScript: '"x"' } },
  configurations: { sandbox: { schema, title: 'Sandbox' } },
  identifier: { extractScript: '.id', fallbackHandlerScript: '.x' },
  channels: { room: { title: 'Room', messages: { text: { schema } }, conversation: { tags: { id: {} } } } },
  extraOperations: { message_updated: { enabled: true } },
  layers: ['chromium'],
  tags: { team: 'birds', old: 'yes' },
})

test('a configuration without a schema takes nothing, rather than anything', () => {
  const definition = newDefinition({ name: 'parrot', version: '1.0.0', configurations: { other: {} } })
  expect(definition.configuration).toEqual({ identifier: { required: false }, schema: nothing })
  expect(definition.configurations['other']).toEqual({ identifier: { required: false }, schema: nothing })
})

test('what a change does not mention stays, inside channels and configurations too', () => {
  const changed = changedDefinition(known, {
    configuration: { identifier: { required: true } },
    configurations: { sandbox: { description: 'To play in' } },
    channels: { room: { messages: { image: { schema } }, message: { tags: { id: {} } } } },
  })
  expect(changed.configuration).toEqual({ schema, identifier: { required: true, linkTemplateScript: '"x"' } })
  expect(changed.configurations['sandbox']).toMatchObject({ schema, title: 'Sandbox', description: 'To play in' })
  expect(changed.channels['room']).toEqual({
    title: 'Room',
    messages: { text: { schema }, image: { schema } },
    conversation: { tags: { id: {} }, creation: { enabled: false, requiredTags: [] } },
    message: { tags: { id: {} } },
  })
  expect(changed.identifier).toEqual(known.identifier)
  expect([changed.layers, changed.tags]).toEqual([['chromium'], { team: 'birds', old: 'yes' }])
})

test('null removes: names, scripts and operations', () => {
  const changed = changedDefinition(known, {
    configuration: { identifier: { linkTemplateScript: null } },
    configurations: { sandbox: null },
    identifier: { extractScript: null },
    channels: { room: { messages: { text: null }, conversation: { tags: { id: null } } } },
    extraOperations: { message_updated: null },
    layers: [],
    tags: { old: null },
  })
  expect(changed.configuration.identifier).toEqual({ required: false })
  expect(changed.configurations).toEqual({})
  expect(changed.identifier).toEqual({ fallbackHandlerScript: '.x' })
  expect(changed.channels['room']).toMatchObject({ messages: {}, conversation: { tags: {} } })
  expect(changed.extraOperations).toEqual({})
  expect([changed.layers, changed.tags]).toEqual([[], { team: 'birds' }])
})

test('names like those of Object.prototype are names like any other', () => {
  const changed = changedDefinition(known, {
    configurations: { constructor: { schema } },
    channels: { toString: { messages: { text: { schema } } } },
  })
  expect(changed.configurations['constructor']).toEqual({ schema, identifier: { required: false } })
  expect(Object.keys(changed.channels)).toEqual(['room', 'toString'])
})
