import type { PlatformContext } from '../context.ts'
import { checkActions, checkSchema, checkSchemas, checkSize, checkTags } from '../definitions/index.ts'
import { checkLimit } from '../limits/index.ts'
import type { StoredDefinition } from './integration-definition.rules.ts'

/** Holds a definition against the limits, and its schemas against JSON Schema. @throws InvalidJsonSchema, LimitExceeded, InvalidIdentifier */
export const checkIntegration = async (ctx: PlatformContext, definition: StoredDefinition): Promise<void> => {
  checkSize(ctx, definition)
  const { configuration, configurations, channels, user, states, events, actions, entities } = definition
  checkLimit(ctx, 'integrationEvents', Object.keys(events).length)
  checkLimit(ctx, 'integrationChannels', Object.keys(channels).length)
  checkLimit(ctx, 'stateDefinitions', Object.keys(states).length)
  await checkSchema(ctx, configuration.schema, 'configuration.schema')
  await checkSchemas(ctx, configurations, 'configurations')
  await checkSchemas(ctx, states, 'states')
  await checkSchemas(ctx, events, 'events')
  await checkSchemas(ctx, entities, 'entities')
  await checkActions(ctx, actions)
  checkTags(ctx, user)
  for (const [name, { messages, conversation, message }] of Object.entries(channels)) {
    checkLimit(ctx, 'messageTypesPerChannel', Object.keys(messages).length)
    await checkSchemas(ctx, messages, `channels.${name}.messages`)
    checkTags(ctx, conversation)
    checkTags(ctx, message)
  }
}
