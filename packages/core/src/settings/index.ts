export { OperatorError } from './operator-error.ts'
export { allowPrivateHosts } from './private-hosts.rules.ts'
export { readSettings, SETTINGS } from './settings.ts'
