import { z } from 'zod'
import {
  ActionDefinition,
  ActionDefinitionChange,
  AttributeChanges,
  Attributes,
  byName,
  changesByName,
  DefinitionCaption,
  EntityDefinition,
  EventDefinition,
  EventDefinitionChange,
  JsonObject,
  NAME_MAX,
} from '../definitions/index.ts'

const TEMPLATE_MAX = 2_000

const MessageDefinition = z.object({ schema: JsonObject })

const InterfaceChannel = DefinitionCaption.extend({ messages: byName(MessageDefinition) })

const InterfaceChannelChange = DefinitionCaption.extend({ messages: changesByName(MessageDefinition).optional() })

/** How what implements the interface names its own things. */
const NameTemplate = z.object({ script: z.string().max(TEMPLATE_MAX), language: z.string().max(NAME_MAX) })

/** What an integration has to offer that implements the interface. Schemas may refer to an entity: `{ "$ref": "<its name>" }`. */
export const InterfaceDefinition = z.object({
  entities: byName(EntityDefinition),
  events: byName(EventDefinition),
  actions: byName(ActionDefinition),
  channels: byName(InterfaceChannel),
  nameTemplate: NameTemplate.optional(),
  attributes: Attributes.optional(),
})
export type InterfaceDefinition = z.infer<typeof InterfaceDefinition>

export const NewInterfaceDefinition = InterfaceDefinition.partial()

export const InterfaceDefinitionChanges = z
  .object({
    entities: changesByName(EntityDefinition),
    events: changesByName(EventDefinitionChange),
    actions: changesByName(ActionDefinitionChange),
    channels: changesByName(InterfaceChannelChange),
    nameTemplate: NameTemplate.nullable(),
    attributes: AttributeChanges,
  })
  .partial()
