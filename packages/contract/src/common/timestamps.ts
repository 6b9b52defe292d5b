import { z } from 'zod'

/** ISO 8601 in UTC with milliseconds. */
export const Timestamp = z.string()

/** A moment in a query, inclusive: any ISO 8601 date or date-time, answered as a Date. */
export const DateBound = z.coerce.date()

export const SortDirection = z.enum(['asc', 'desc'])
export const SortField = z.enum(['createdAt', 'updatedAt'])
