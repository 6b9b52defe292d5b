import type { PlatformContext } from '../context.ts'
import { checkActions, checkSchema, checkSchemas, checkSize, checkTags } from '../definitions/index.ts'
import { invalidPayload } from '../errors.ts'
import { validateData } from '../json-schemas/index.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import { checkCron } from '../recurring-events/index.ts'
import type { StoredBotDefinition } from './bot-definition.rules.ts'

/**
 * Holds a definition against the limits, its schemas against JSON Schema, and the configuration's data against theirs.
 * @throws InvalidJsonSchema, InvalidDataFormat, InvalidPayload, LimitExceeded, InvalidIdentifier
 */
export const checkBot = async (
  ctx: PlatformContext,
  definition: StoredBotDefinition,
  data: object | undefined,
): Promise<void> => {
  checkSize(ctx, definition)
  const { user, conversation, message, states, events, actions, recurringEvents, configuration } = definition
  for (const tagged of [user, conversation, message]) checkTags(ctx, tagged)
  checkLimit(ctx, 'stateDefinitions', Object.keys(states).length)
  checkLimit(ctx, 'recurringEvents', Object.keys(recurringEvents).length)
  await checkSchemas(ctx, states, 'states')
  for (const [name, { expiry }] of Object.entries(states))
    if (expiry !== undefined && !Number.isSafeInteger(expiry))
      throw invalidPayload(`states.${name}.expiry`, 'must be a whole number of milliseconds')
  await checkSchemas(ctx, events, 'events')
  await checkActions(ctx, actions)
  for (const [name, { schedule, payload }] of Object.entries(recurringEvents)) {
    checkLimit(ctx, 'eventPayloadBytes', jsonBytes(payload))
    checkCron(schedule.cron, `recurringEvents.${name}.schedule.cron`)
  }
  await checkSchema(ctx, configuration.schema, 'configuration.schema')
  if (data) {
    checkLimit(ctx, 'botConfigurationBytes', jsonBytes(data))
    validateData(configuration.schema, data, 'configuration.data')
  }
}
