import { z } from 'zod'

export const NAME_MAX = 200

const TITLE_MAX = 64
const DESCRIPTION_MAX = 256

/** How people see something published: bots, integrations and plugins are shown under it. */
export const Caption = z.object({
  title: z.string().min(1).max(TITLE_MAX),
  description: z.string().max(DESCRIPTION_MAX),
})

/** What any definition may say about itself. */
export const DefinitionCaption = z.object({
  title: z.string().max(TITLE_MAX).optional(),
  description: z.string().max(DESCRIPTION_MAX).optional(),
})
