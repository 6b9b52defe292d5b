import type { InterfaceChanges, InterfaceDefinition, NewInterface } from '@understudy/contract'
import { eachByName, mergeByName, namesake, withPlainAttributes } from '../definitions/index.ts'

/** What is stored of what an interface declares; attributes are a column of their own. */
export type StoredInterface = Omit<InterfaceDefinition, 'attributes'>

type Channel = StoredInterface['channels'][string]
type ChannelChange = NonNullable<NonNullable<InterfaceChanges['channels']>[string]>

const EMPTY: StoredInterface = { entities: {}, events: {}, actions: {}, channels: {} }

/** The whole definition of a new interface: what its author left out is empty. */
export const newInterface = (input: NewInterface): StoredInterface => changedInterface(EMPTY, input)

/** A definition after a change: absent is unchanged, null under a name removes it, a thing that is given replaces its namesake. */
export const changedInterface = (known: StoredInterface, change: InterfaceChanges): StoredInterface => {
  const nameTemplate = change.nameTemplate === undefined ? known.nameTemplate : change.nameTemplate
  return {
    entities: mergeByName(known.entities, change.entities),
    events: mergeByName(known.events, eachByName(change.events, withPlainAttributes)),
    actions: mergeByName(known.actions, eachByName(change.actions, withPlainAttributes)),
    channels: mergeByName(
      known.channels,
      eachByName(change.channels, (one, name) => channel(namesake(known.channels, name), one)),
    ),
    ...(nameTemplate ? { nameTemplate } : {}),
  }
}

const channel = (known: Channel = { messages: {} }, { messages, title, description }: ChannelChange): Channel => ({
  ...known,
  ...(title === undefined ? {} : { title }),
  ...(description === undefined ? {} : { description }),
  messages: mergeByName(known.messages, messages),
})
