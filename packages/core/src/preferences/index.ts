export { getAccountPreference } from './get-account-preference.ts'
export { getWorkspacePreference } from './get-workspace-preference.ts'
export { setAccountPreference } from './set-account-preference.ts'
export { setWorkspacePreference } from './set-workspace-preference.ts'
