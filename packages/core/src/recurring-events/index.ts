export { checkCron } from './cron.rules.ts'
export { fireRecurringEvents } from './fire-recurring-events.ts'
export { followDefinition, type RecurringEvents } from './follow-definition.ts'
export { recurringEventsJobs } from './recurring-events.jobs.ts'
