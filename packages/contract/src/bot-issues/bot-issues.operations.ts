import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { BotIssue, BotIssueEvent } from './bot-issue.schema.ts'

const PathIssueId = PathId.extend({ issueId: z.string() })

export const botIssuesOperations = defineOperations({
  listBotIssues: {
    method: 'GET',
    path: '/v1/admin/bots/:id/issues',
    summary: 'List what goes wrong in a bot, newest first',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    query: PageQuery,
    status: 200,
    response: z.object({ issues: z.array(BotIssue), meta: PageMeta }),
  },
  getBotIssue: {
    method: 'GET',
    path: '/v1/admin/bots/:id/issues/:issueId',
    summary: 'Read one issue of a bot',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathIssueId,
    status: 200,
    response: z.object({ issue: BotIssue }),
  },
  deleteBotIssue: {
    method: 'DELETE',
    path: '/v1/admin/bots/:id/issues/:issueId',
    summary: 'Forget an issue of a bot; when it happens again it is a new one',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathIssueId,
    status: 200,
    response: z.object({}),
  },
  listBotIssueEvents: {
    method: 'GET',
    path: '/v1/admin/bots/:id/issues/:issueId/events',
    summary: 'List the latest times an issue came up, newest first',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathIssueId,
    status: 200,
    response: z.object({ issueEvents: z.array(BotIssueEvent) }),
  },
})
