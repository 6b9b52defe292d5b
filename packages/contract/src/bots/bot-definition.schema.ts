import { z } from 'zod'
import {
  ActionDefinition,
  ActionDefinitionChange,
  BotStateDefinition,
  byName,
  changesByName,
  EventDefinition,
  EventDefinitionChange,
  JsonObject,
  NAME_MAX,
  TaggedDefinition,
  TaggedDefinitionChanges,
} from '../definitions/index.ts'

const RecurringEvent = z.object({
  schedule: z.object({ cron: z.string().max(NAME_MAX) }),
  type: z.string().max(NAME_MAX),
  payload: JsonObject,
})

/** One in service; the type of a plugin's is longer by the alias. */
const KnownRecurringEvent = RecurringEvent.extend({
  type: z.string(),
  failedAttempts: z.number(),
  lastFailureReason: z.string().nullable(),
})

const BotConfiguration = z.object({ data: JsonObject, schema: JsonObject })

/** What a bot declares, with what its installed plugins declare as `<alias>#<name>`. */
export const BotDefinition = z.object({
  user: TaggedDefinition,
  conversation: TaggedDefinition,
  message: TaggedDefinition,
  states: byName(BotStateDefinition),
  configuration: BotConfiguration,
  events: byName(EventDefinition),
  recurringEvents: byName(KnownRecurringEvent),
  subscriptions: z.object({
    events: byName(JsonObject).nullable().describe('The event types that wake the bot; null: all of them.'),
  }),
  actions: byName(ActionDefinition),
})
export type BotDefinition = z.infer<typeof BotDefinition>

export const NewBotDefinition = BotDefinition.extend({
  user: TaggedDefinition.partial(),
  conversation: TaggedDefinition.partial(),
  message: TaggedDefinition.partial(),
  configuration: BotConfiguration.partial(),
  recurringEvents: byName(RecurringEvent),
}).partial()
export type NewBotDefinition = z.infer<typeof NewBotDefinition>

export const BotDefinitionChanges = z
  .object({
    user: TaggedDefinitionChanges,
    conversation: TaggedDefinitionChanges,
    message: TaggedDefinitionChanges,
    states: changesByName(BotStateDefinition),
    configuration: BotConfiguration.partial(),
    events: changesByName(EventDefinitionChange),
    recurringEvents: changesByName(RecurringEvent),
    subscriptions: z.object({ events: changesByName(JsonObject).nullable() }),
    actions: changesByName(ActionDefinitionChange),
  })
  .partial()
export type BotDefinitionChanges = z.infer<typeof BotDefinitionChanges>
