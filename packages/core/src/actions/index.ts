export { actionsJobs } from './actions.jobs.ts'
export { callAction } from './call-action.ts'
export { listActionRuns } from './list-action-runs.ts'
export { sweepActions } from './sweep-actions.ts'
