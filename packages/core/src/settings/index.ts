export { OperatorError } from './operator-error.ts'
export { readSettings, SETTINGS } from './settings.ts'
