import type { Bot, BotChanges, NewBot } from '@understudy/contract'
import { EMPTY_OBJECT_SCHEMA, eachByName, mergeByName, withPlainAttributes } from '../definitions/index.ts'
import type { RecurringEvents } from '../recurring-events/index.ts'

/** What is stored of what a bot declares; the data of its configuration are encrypted, apart from this. */
export type StoredBotDefinition = Pick<
  Bot,
  'user' | 'conversation' | 'message' | 'states' | 'events' | 'actions' | 'subscriptions' | 'medias'
> & {
  recurringEvents: RecurringEvents
  configuration: { schema: Record<string, unknown> }
  /** answers do not show them */
  layers?: string[]
}

const EMPTY: StoredBotDefinition = {
  user: { tags: {} },
  conversation: { tags: {} },
  message: { tags: {} },
  states: {},
  events: {},
  actions: {},
  recurringEvents: {},
  subscriptions: { events: null },
  medias: [],
  configuration: { schema: EMPTY_OBJECT_SCHEMA },
}

/** The whole definition of a new bot: what its author left out is empty, and it hears of every event. */
export const newBotDefinition = (input: NewBot): StoredBotDefinition => changedBotDefinition(EMPTY, input)

/** A definition after a change: absent is unchanged, null under a name removes it, a thing that is given replaces its namesake. */
export const changedBotDefinition = (
  known: StoredBotDefinition,
  change: Omit<BotChanges, 'integrations' | 'plugins' | 'secrets' | 'tags'>,
): StoredBotDefinition => ({
  user: { tags: mergeByName(known.user.tags, change.user?.tags) },
  conversation: { tags: mergeByName(known.conversation.tags, change.conversation?.tags) },
  message: { tags: mergeByName(known.message.tags, change.message?.tags) },
  states: mergeByName(known.states, change.states),
  events: mergeByName(known.events, eachByName(change.events, withPlainAttributes)),
  actions: mergeByName(known.actions, eachByName(change.actions, withPlainAttributes)),
  recurringEvents: mergeByName(known.recurringEvents, change.recurringEvents),
  subscriptions: change.subscriptions
    ? { events: subscribed(known.subscriptions.events, change.subscriptions.events) }
    : known.subscriptions,
  medias: change.medias ?? known.medias,
  configuration: { schema: change.configuration?.schema ?? known.configuration.schema },
  ...layersOf(known, change),
})

const layersOf = (
  { layers: known }: Pick<StoredBotDefinition, 'layers'>,
  { layers = known }: Pick<BotChanges, 'layers'>,
) => (layers ? { layers } : {})

type Events = StoredBotDefinition['subscriptions']['events']

/** null is every event; the first names after that narrow them. */
const subscribed = (known: Events, change: NonNullable<BotChanges['subscriptions']>['events']): Events =>
  change === null ? null : mergeByName(known ?? {}, change)
