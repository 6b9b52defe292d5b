import { invalidPayload } from '../errors.ts'

/** When something is to happen: a moment, or so many milliseconds from now. */
export type Schedule = { dateTime?: string | undefined; delay?: number | undefined }

/** The farthest ahead anything may be scheduled. */
const HORIZON_MS = 365 * 24 * 60 * 60 * 1000

/**
 * The moment a schedule means; undefined for "at once", which is also what a moment in the past means.
 * @throws InvalidPayload beyond a year from now
 */
export const dueTime = (schedule: Schedule | undefined, now: Date): Date | undefined => {
  if (!schedule) return undefined
  const due =
    schedule.dateTime === undefined ? now.getTime() + Math.ceil(schedule.delay ?? 0) : Date.parse(schedule.dateTime)
  if (due - now.getTime() > HORIZON_MS) throw invalidPayload('schedule', 'lies more than a year ahead')
  return due > now.getTime() ? new Date(due) : undefined
}
