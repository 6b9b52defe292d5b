import { z } from 'zod'
import { byName, changesByName } from './by-name.ts'
import { DefinitionCaption } from './caption.ts'

export const TagDefinition = DefinitionCaption
export type TagDefinition = z.infer<typeof TagDefinition>

/** Users, conversations or messages: the tags that may be written on them. */
export const TaggedDefinition = z.object({ tags: byName(TagDefinition) })
export const TaggedDefinitionChanges = z.object({ tags: changesByName(TagDefinition).optional() })

/** Whether a bot may have the integration create one, and which tags it must give. */
const Creation = z.object({ enabled: z.boolean(), requiredTags: z.array(z.string()) })

export const CreatableDefinition = TaggedDefinition.extend({ creation: Creation })
export const CreatableDefinitionChanges = TaggedDefinitionChanges.extend({ creation: Creation.optional() })
