import type { PlatformContext } from '../context.ts'
import { checkActions, checkSchemas, checkSize } from '../definitions/index.ts'
import { invalidJsonSchema } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import type { StoredInterface } from './interface-definition.rules.ts'

/** Holds a definition against the limits, and its schemas against JSON Schema. @throws InvalidJsonSchema, LimitExceeded, InvalidIdentifier */
export const checkInterface = async (ctx: PlatformContext, definition: StoredInterface): Promise<void> => {
  checkSize(ctx, definition)
  const { entities, events, actions, channels } = withoutReferences(definition)
  checkLimit(ctx, 'integrationEvents', Object.keys(events).length)
  checkLimit(ctx, 'integrationChannels', Object.keys(channels).length)
  await checkSchemas(ctx, entities, 'entities')
  await checkSchemas(ctx, events, 'events')
  await checkActions(ctx, actions)
  for (const [name, { messages }] of Object.entries(channels)) {
    checkLimit(ctx, 'messageTypesPerChannel', Object.keys(messages).length)
    await checkSchemas(ctx, messages, `channels.${name}.messages`)
  }
}

/**
 * What refers to an entity says nothing itself: whoever implements the interface puts an entity of its own there.
 * @throws InvalidJsonSchema for a reference to an entity that the interface does not have
 */
const withoutReferences = (definition: StoredInterface): StoredInterface => {
  const known = new Set(Object.keys(definition.entities))
  return JSON.parse(JSON.stringify(definition), (_, value: unknown) => {
    const reference = referenceIn(value)
    if (reference === undefined) return value
    if (!known.has(reference)) throw invalidJsonSchema('$ref', `"${reference}" is no entity of the interface`)
    return {}
  }) as StoredInterface
}

/** The entity that a schema refers to; one that refers to a part of itself, as `#/…`, is a schema like any other. */
const referenceIn = (value: unknown): string | undefined => {
  if (value === null || typeof value !== 'object' || !('$ref' in value)) return undefined
  return typeof value.$ref === 'string' && !value.$ref.includes('#') ? value.$ref : undefined
}
