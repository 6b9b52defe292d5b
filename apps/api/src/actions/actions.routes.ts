import { actionsOperations } from '@understudy/contract'
import { callAction, listActionRuns } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const actionsRoutes = implement(actionsOperations, {
  callAction: ({ body }, ctx) => callAction(ctx, body),
  listActionRuns: ({ params, query }, ctx) => listActionRuns(ctx, params.id, query),
})
