import { tagsOperations } from '@understudy/contract'
import { listTagValues } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const tagsRoutes = implement(tagsOperations, {
  listTagValues: ({ params, query }, ctx) => listTagValues(ctx, { ...query, key: params.key }),
})
