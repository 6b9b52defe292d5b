export { OperatorError } from './operator-error.ts'
export { allowPrivateHosts, allowTunnels, showMetrics } from './private-hosts.rules.ts'
export { publicUrlOf, readSettings, SETTINGS } from './settings.ts'
