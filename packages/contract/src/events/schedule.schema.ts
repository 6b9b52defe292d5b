import { z } from 'zod'

const DATE_TIME_MIN = 24
const DATE_TIME_MAX = 28

/** When something is to happen: at a moment, or so many milliseconds from now. */
export const Schedule = z
  .object({
    dateTime: z.iso.datetime({ offset: true }).min(DATE_TIME_MIN).max(DATE_TIME_MAX).optional(),
    delay: z.number().min(0).optional(),
  })
  .refine(({ dateTime, delay }) => (dateTime === undefined) !== (delay === undefined), {
    error: 'Expected either dateTime or delay',
  })
