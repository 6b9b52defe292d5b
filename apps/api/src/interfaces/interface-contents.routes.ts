import { interfaceContentsOperations } from '@understudy/contract'
import { downloadInterfaceIcon, downloadInterfaceReadme } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const interfaceContentsRoutes = implement(interfaceContentsOperations, {
  downloadInterfaceIcon: ({ params }, ctx) => downloadInterfaceIcon(ctx, params),
  downloadInterfaceReadme: ({ params }, ctx) => downloadInterfaceReadme(ctx, params),
})
