import { botIssuesOperations } from '@understudy/contract'
import { deleteBotIssue, getBotIssue, listBotIssueEvents, listBotIssues } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const botIssuesRoutes = implement(botIssuesOperations, {
  listBotIssues: ({ params, query }, ctx) => listBotIssues(ctx, params.id, query),
  getBotIssue: async ({ params }, ctx) => ({ issue: await getBotIssue(ctx, params.id, params.issueId) }),
  deleteBotIssue: async ({ params }, ctx) => {
    await deleteBotIssue(ctx, params.id, params.issueId)
    return {}
  },
  listBotIssueEvents: async ({ params }, ctx) => ({
    issueEvents: await listBotIssueEvents(ctx, params.id, params.issueId),
  }),
})
