import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { DateBound } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { ActionRun } from './action-run.schema.ts'

const TYPE_MAX = 200

export const actionsOperations = defineOperations({
  callAction: {
    method: 'POST',
    path: '/v1/chat/actions',
    summary: 'Have an integration, or the bot itself, do something, and wait for what it answers',
    tenant: 'bot',
    access: { callers: ['bot', 'account:developer'] },
    body: z.object({
      type: z
        .string()
        .max(TYPE_MAX)
        .describe(
          '`<alias>:<action>` of an integration, or the name of an action of the bot or of one of its plugins.',
        ),
      input: JsonObject,
    }),
    callsOut: true,
    status: 200,
    response: z.object({ output: JsonObject, meta: z.object({ cached: z.boolean() }) }),
  },
  listActionRuns: {
    method: 'GET',
    path: '/v1/admin/bots/:id/action-runs',
    summary: 'List the latest calls of the actions of an integration in a bot, newest first',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    query: PageQuery.extend({
      integrationName: z.string().describe('Its name, or an alias it has in the bot.'),
      timestampFrom: DateBound.optional(),
      timestampUntil: DateBound.optional(),
    }),
    status: 200,
    response: z.object({ data: z.array(ActionRun), meta: PageMeta }),
  },
})
