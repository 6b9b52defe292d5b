import type { z } from 'zod'
import { AttributeChanges, Attributes } from './attributes.ts'
import { EntityDefinition } from './entity-definition.schema.ts'

export const EventDefinition = EntityDefinition.extend({ attributes: Attributes.optional() })
export type EventDefinition = z.infer<typeof EventDefinition>

export const EventDefinitionChange = EventDefinition.extend({ attributes: AttributeChanges.optional() })
