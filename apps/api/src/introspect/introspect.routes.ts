import { introspectOperations } from '@understudy/contract'
import { introspect } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const introspectRoutes = implement(introspectOperations, {
  introspect: ({ body }, ctx) => introspect(ctx, body),
})
