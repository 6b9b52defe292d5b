import { z } from 'zod'
import {
  byName,
  CreatableDefinition,
  CreatableDefinitionChanges,
  changesByName,
  DefinitionCaption,
  JsonObject,
  TaggedDefinition,
  TaggedDefinitionChanges,
} from '../definitions/index.ts'

const MessageDefinition = z.object({ schema: JsonObject })

export const ChannelDefinition = DefinitionCaption.extend({
  messages: byName(MessageDefinition),
  conversation: CreatableDefinition,
  message: TaggedDefinition,
})
export type ChannelDefinition = z.infer<typeof ChannelDefinition>

export const NewChannelDefinition = ChannelDefinition.extend({
  conversation: CreatableDefinition.partial().optional(),
  message: TaggedDefinition.partial().optional(),
})

export const ChannelDefinitionChange = DefinitionCaption.extend({
  messages: changesByName(MessageDefinition).optional(),
  conversation: CreatableDefinitionChanges.optional(),
  message: TaggedDefinitionChanges.optional(),
})
