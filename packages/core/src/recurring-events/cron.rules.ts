import { CronExpressionParser } from 'cron-parser'
import { invalidPayload } from '../errors.ts'

const FIELDS = 5

/** `H` stands for a moment of the library's own choice, another one each time. */
const AT_RANDOM = /\bH\b/i

/** Whether an expression has five fields and means moments that come. @throws InvalidPayload */
export const checkCron = (cron: string, path: string): void => {
  if (cron.trim().split(/\s+/).length !== FIELDS) throw invalidPayload(path, 'must have five fields, e.g. "0 * * * *"')
  if (AT_RANDOM.test(cron)) throw invalidPayload(path, 'must name its moments: "H" leaves them to chance')
  try {
    nextTick(cron, new Date(0))
  } catch (error) {
    throw invalidPayload(path, error instanceof Error ? error.message : 'is no cron expression')
  }
}

// Whatever the machine's time zone is: UTC has no hour that is missing, or comes twice.
const from = (cron: string, currentDate: Date) => CronExpressionParser.parse(cron, { tz: 'UTC', currentDate })

/** The first moment after this one that the expression means. */
export const nextTick = (cron: string, now: Date): Date => from(cron, now).next().toDate()

/** The last moment up to and with this one that the expression means. */
export const latestTick = (cron: string, now: Date): Date =>
  from(cron, new Date(now.getTime() + 1))
    .prev()
    .toDate()
