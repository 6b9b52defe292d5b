import type { PlatformContext } from '../context.ts'
import { checkActions, checkSchema, checkSchemas, checkTags } from '../definitions/index.ts'
import { checkLimit } from '../limits/index.ts'
import type { StoredDefinition } from './integration-definition.rules.ts'

/** Holds a definition against the limits, and its schemas against JSON Schema. @throws InvalidJsonSchema, LimitExceeded, InvalidIdentifier */
export const checkIntegration = (ctx: PlatformContext, definition: StoredDefinition): void => {
  const { configuration, configurations, channels, user, states, events, actions, entities } = definition
  checkLimit(ctx, 'integrationEvents', Object.keys(events).length)
  checkLimit(ctx, 'integrationChannels', Object.keys(channels).length)
  checkLimit(ctx, 'stateDefinitions', Object.keys(states).length)
  checkSchema(ctx, configuration.schema, 'configuration.schema')
  checkSchemas(ctx, configurations, 'configurations')
  checkSchemas(ctx, states, 'states')
  checkSchemas(ctx, events, 'events')
  checkSchemas(ctx, entities, 'entities')
  checkActions(ctx, actions)
  checkTags(ctx, user)
  for (const [name, { messages, conversation, message }] of Object.entries(channels)) {
    checkLimit(ctx, 'messageTypesPerChannel', Object.keys(messages).length)
    checkSchemas(ctx, messages, `channels.${name}.messages`)
    checkTags(ctx, conversation)
    checkTags(ctx, message)
  }
}
