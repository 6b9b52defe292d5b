import { z } from 'zod'
import { Tags, TextMap } from '../common/tags.ts'
import { Timestamp } from '../common/timestamps.ts'

/** Somebody who takes part in conversations, within one integration; or the bot itself. */
export const User = z
  .object({
    id: z.string(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    tags: Tags,
    name: z.string().optional(),
    pictureUrl: z.string().optional(),
    properties: TextMap.optional(),
    attributes: TextMap.optional(),
  })
  .meta({ id: 'User' })
export type User = z.infer<typeof User>
