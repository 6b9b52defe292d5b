import type { ChannelDefinition, IntegrationChanges, IntegrationDefinition, NewIntegration } from '@understudy/contract'
import { EMPTY_OBJECT_SCHEMA, eachByName, mergeByName, namesake, withPlainAttributes } from '../definitions/index.ts'

/** What is stored of what an integration declares; attributes are a column of their own, for searching. */
export type StoredDefinition = Omit<IntegrationDefinition, 'attributes'> & Unshown

/** What is kept, although no answer shows it. */
type Unshown = {
  /** the operations it asks to be called with beside the usual ones */
  extraOperations: Record<string, { enabled: boolean }>
  layers?: string[]
  tags?: Record<string, string>
}

const UNSHOWN: ReadonlySet<string> = new Set<keyof Unshown>(['extraOperations', 'layers', 'tags'])

/** What those who install it count on. */
export const declaredIn = (definition: StoredDefinition): Record<string, unknown> =>
  Object.fromEntries(Object.entries(definition).filter(([name]) => !UNSHOWN.has(name)))

/** The names of the interfaces it implements, each once. */
export const interfaceNamesIn = ({ interfaces }: StoredDefinition): string[] => [
  ...new Set(Object.values(interfaces).map(({ name }) => name)),
]

/** The rows that say which interfaces it implements. */
export const implementationRows = ({ interfaces }: StoredDefinition): { alias: string; interfaceId: string }[] =>
  Object.entries(interfaces).map(([alias, { id }]) => ({ alias, interfaceId: id }))

const NO_CREATION = { enabled: false, requiredTags: [] }

type Given<T> = { [K in keyof T]?: T[K] | undefined }
type GivenConfiguration = NonNullable<IntegrationChanges['configuration']>
type GivenChannel = NonNullable<NonNullable<IntegrationChanges['channels']>[string]>
type GivenDefinition = Given<
  Pick<
    IntegrationChanges,
    | 'configuration'
    | 'configurations'
    | 'identifier'
    | 'channels'
    | 'user'
    | 'states'
    | 'events'
    | 'actions'
    | 'entities'
    | 'extraOperations'
    | 'layers'
    | 'tags'
  >
>

const EMPTY: StoredDefinition = {
  configuration: { identifier: { required: false }, schema: EMPTY_OBJECT_SCHEMA },
  configurations: {},
  identifier: {},
  channels: {},
  user: { tags: {}, creation: NO_CREATION },
  states: {},
  events: {},
  actions: {},
  entities: {},
  interfaces: {},
  extraOperations: {},
}

/** The whole definition of a new integration: what its author left out is empty. */
export const newDefinition = (input: NewIntegration): StoredDefinition => changedDefinition(EMPTY, input)

/** A definition after a change: absent is unchanged, null under a name removes it, a thing that is given replaces its namesake. */
export const changedDefinition = (known: StoredDefinition, change: GivenDefinition): StoredDefinition => ({
  configuration: change.configuration ? configuration(known.configuration, change.configuration) : known.configuration,
  configurations: mergeByName(
    known.configurations,
    eachByName(change.configurations, (one, name) =>
      configuration(namesake(known.configurations, name) ?? EMPTY.configuration, one),
    ),
  ),
  identifier: mergeByName(known.identifier as Record<string, string>, definedOf(change.identifier)),
  channels: mergeByName(
    known.channels,
    eachByName(change.channels, (one, name) => channel(namesake(known.channels, name), one)),
  ),
  user: creatable(known.user, change.user),
  states: mergeByName(known.states, change.states),
  events: mergeByName(known.events, eachByName(change.events, withPlainAttributes)),
  actions: mergeByName(known.actions, eachByName(change.actions, withPlainAttributes)),
  entities: mergeByName(known.entities, change.entities),
  interfaces: known.interfaces,
  extraOperations: mergeByName(known.extraOperations, change.extraOperations),
  ...labels(known, change),
})

/** What was never given is not there: a definition that did not change reads as before. */
const labels = (known: StoredDefinition, { layers = known.layers, tags }: GivenDefinition) => ({
  ...(layers ? { layers } : {}),
  ...(known.tags || tags ? { tags: mergeByName(known.tags ?? {}, tags) } : {}),
})

const configuration = (
  known: StoredDefinition['configuration'],
  { identifier = {}, ...given }: GivenConfiguration,
): StoredDefinition['configuration'] => {
  const { linkTemplateScript = known.identifier.linkTemplateScript, required = known.identifier.required } = identifier
  return {
    ...known,
    ...definedOf(given),
    identifier: { required, ...(linkTemplateScript ? { linkTemplateScript } : {}) },
  }
}

const channel = (
  known: ChannelDefinition = { messages: {}, conversation: EMPTY.user, message: { tags: {} } },
  { messages, conversation, message, ...caption }: GivenChannel,
): ChannelDefinition => ({
  ...known,
  ...definedOf(caption),
  messages: mergeByName(known.messages, messages),
  conversation: creatable(known.conversation, conversation),
  message: { tags: mergeByName(known.message.tags, message?.tags) },
})

const creatable = (known: StoredDefinition['user'], change: IntegrationChanges['user']): StoredDefinition['user'] => ({
  tags: mergeByName(known.tags, change?.tags),
  creation: change?.creation ?? known.creation,
})

const definedOf = <T extends object>(things: T | undefined): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(things ?? {}).filter(([, value]) => value !== undefined)) as never
