import { z } from 'zod'
import { AttributeChanges, Attributes } from './attributes.ts'
import { DefinitionCaption } from './caption.ts'
import { JsonObject } from './json-object.ts'

const Shape = z.object({ schema: JsonObject })

export const ActionDefinition = DefinitionCaption.extend({
  billable: z.boolean().optional(),
  cacheable: z.boolean().optional(),
  input: Shape,
  output: Shape,
  attributes: Attributes.optional(),
})
export type ActionDefinition = z.infer<typeof ActionDefinition>

export const ActionDefinitionChange = ActionDefinition.extend({ attributes: AttributeChanges.optional() })
