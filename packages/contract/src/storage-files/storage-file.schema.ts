import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

/** A file of a bot, without its contents. */
export const StorageFile = z
  .object({
    id: z.string(),
    botId: z.string(),
    name: z.string().describe('For people to read: it leads nowhere.'),
    accessType: z.enum(['private', 'public']),
    size: z.int().describe('In bytes.'),
    createdAt: Timestamp,
    publicUrl: z
      .string()
      .optional()
      .describe('Of a public file: where its contents are for everybody who has the link.'),
  })
  .meta({ id: 'StorageFile' })
export type StorageFile = z.infer<typeof StorageFile>
