import type { z } from 'zod'
import { DefinitionCaption } from './caption.ts'
import { JsonObject } from './json-object.ts'

export const EntityDefinition = DefinitionCaption.extend({ schema: JsonObject })
export type EntityDefinition = z.infer<typeof EntityDefinition>
