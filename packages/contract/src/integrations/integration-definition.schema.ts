import { z } from 'zod'
import {
  ActionDefinition,
  ActionDefinitionChange,
  AttributeChanges,
  Attributes,
  byName,
  CreatableDefinition,
  CreatableDefinitionChanges,
  changesByName,
  EntityDefinition,
  EventDefinition,
  EventDefinitionChange,
  IntegrationStateDefinition,
} from '../definitions/index.ts'
import { ChannelDefinition, ChannelDefinitionChange, NewChannelDefinition } from './channel-definition.schema.ts'
import {
  ConfigurationDefinition,
  ConfigurationDefinitionChange,
  NewConfigurationDefinition,
  SCRIPT_MAX,
} from './configuration-definition.schema.ts'
import { Implementation, NewImplementation } from './implementation.schema.ts'

const Script = z.string().max(SCRIPT_MAX)

/** What an integration declares. */
export const IntegrationDefinition = z.object({
  configuration: ConfigurationDefinition,
  configurations: byName(ConfigurationDefinition),
  identifier: z.object({ extractScript: Script, fallbackHandlerScript: Script }).partial(),
  channels: byName(ChannelDefinition),
  user: CreatableDefinition,
  states: byName(IntegrationStateDefinition),
  events: byName(EventDefinition),
  actions: byName(ActionDefinition),
  entities: byName(EntityDefinition),
  interfaces: byName(Implementation),
  attributes: Attributes.optional(),
})
export type IntegrationDefinition = z.infer<typeof IntegrationDefinition>

export const NewIntegrationDefinition = IntegrationDefinition.extend({
  configuration: NewConfigurationDefinition,
  configurations: byName(NewConfigurationDefinition),
  channels: byName(NewChannelDefinition),
  user: CreatableDefinition.partial(),
  interfaces: byName(NewImplementation),
}).partial()
export type NewIntegrationDefinition = z.infer<typeof NewIntegrationDefinition>

export const IntegrationDefinitionChanges = z
  .object({
    configuration: ConfigurationDefinitionChange,
    configurations: changesByName(ConfigurationDefinitionChange),
    identifier: z.object({ extractScript: Script.nullable(), fallbackHandlerScript: Script.nullable() }).partial(),
    channels: changesByName(ChannelDefinitionChange),
    user: CreatableDefinitionChanges,
    states: changesByName(IntegrationStateDefinition),
    events: changesByName(EventDefinitionChange),
    actions: changesByName(ActionDefinitionChange),
    entities: changesByName(EntityDefinition),
    interfaces: changesByName(NewImplementation),
    attributes: AttributeChanges,
  })
  .partial()
export type IntegrationDefinitionChanges = z.infer<typeof IntegrationDefinitionChanges>
