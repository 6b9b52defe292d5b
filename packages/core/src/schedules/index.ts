export { dueTime, type Schedule } from './due-time.rules.ts'
