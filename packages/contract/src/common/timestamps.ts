import { z } from 'zod'

/** ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.string()

/** A bound of a range in a query, inclusive: an ISO 8601 date or date-time. Read as a Date. */
export const DateBound = z
  .union([z.iso.datetime({ offset: true }), z.iso.date()], { error: 'Expected an ISO 8601 date or date-time' })
  .pipe(z.transform((text: string) => new Date(text)))

/** A moment in a body, ISO 8601. Read as a Date. */
export const Moment = z.iso.datetime({ offset: true }).pipe(z.transform((text: string) => new Date(text)))

export const SortDirection = z.enum(['asc', 'desc'])
export const SortField = z.enum(['createdAt', 'updatedAt'])
