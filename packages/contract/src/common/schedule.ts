import { z } from 'zod'

/** When something is to happen: a moment, or a number of milliseconds from now. One of the two. */
export const Schedule = z
  .object({
    dateTime: z.iso.datetime({ offset: true }).min(24).max(28).optional(),
    delay: z.number().min(0).optional(),
  })
  .refine(({ dateTime, delay }) => (dateTime === undefined) !== (delay === undefined), {
    error: 'needs either dateTime or delay, and not both',
  })
