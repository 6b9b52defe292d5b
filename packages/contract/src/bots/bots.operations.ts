import { z } from 'zod'
import { PathId, ReferencedId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { TagFilter } from '../common/tags.ts'
import { SortDirection, SortField } from '../common/timestamps.ts'
import { CODE, DEPLOYMENT_LIMIT_BYTES, FlagParameter, NamesParameter } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'
import { Bot, BotSummary } from './bot.schema.ts'
import { BotChanges, NewBot } from './bot-requests.schema.ts'

/** `true`: installations are named by alias; otherwise by the id of the integration. */
const InstallationNaming = z.object({ 'x-multiple-integrations': FlagParameter.optional() })

/** What of the webchat is asked for: one of two pieces of HTML to paste, a whole page, or an address. */
export const WebchatType = z.enum(['preconfigured', 'configurable', 'fullscreen', 'sharableUrl'])
export type WebchatType = z.infer<typeof WebchatType>

const BotAnswer = z.object({ bot: Bot })

export const botsOperations = defineOperations({
  createBot: {
    method: 'POST',
    path: '/v1/admin/bots',
    summary: 'Create a bot, with its definition and code if they are known',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: NewBot,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    headers: InstallationNaming,
    status: 200,
    response: BotAnswer,
  },
  getBot: {
    method: 'GET',
    path: '/v1/admin/bots/:id',
    summary: 'Read one bot; a bot may read itself',
    tenant: 'workspace',
    access: { callers: ['bot', 'account:viewer'] },
    params: PathId,
    query: z.object({ shouldMergePlugins: FlagParameter.optional().describe('Deprecated: gone from newer clients.') }),
    headers: InstallationNaming,
    status: 200,
    response: BotAnswer,
  },
  listBots: {
    method: 'GET',
    path: '/v1/admin/bots',
    summary: 'List the bots of the workspace',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    query: PageQuery.extend({
      dev: FlagParameter.optional(),
      tags: TagFilter.optional(),
      integrationNames: NamesParameter.optional(),
      pluginNames: NamesParameter.optional(),
      sortField: SortField.optional(),
      sortDirection: SortDirection.optional(),
    }),
    status: 200,
    response: z.object({ bots: z.array(BotSummary), meta: PageMeta }),
  },
  updateBot: {
    method: 'PUT',
    path: '/v1/admin/bots/:id',
    summary: 'Change a bot, deploy its code, install integrations and plugins in it',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    body: BotChanges,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    bulk: CODE,
    headers: InstallationNaming,
    status: 200,
    response: BotAnswer,
  },
  deleteBot: {
    method: 'DELETE',
    path: '/v1/admin/bots/:id',
    summary: 'Delete a bot with everything in it',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
  transferBot: {
    method: 'POST',
    path: '/v1/admin/bots/:id/transfer',
    summary: 'Move a bot to another workspace, where the caller may create bots',
    tenant: 'workspace',
    access: { callers: ['account:manager'] },
    params: PathId,
    body: z.object({ targetWorkspaceId: ReferencedId }),
    status: 200,
    response: z.object({}),
  },
  getBotWebchat: {
    method: 'GET',
    path: '/v1/admin/bots/:id/webchat',
    summary: 'Code or address that lets anybody talk to the bot: it holds a key of its emulator',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    query: z.object({ type: WebchatType }),
    status: 200,
    response: z.object({ code: z.string() }),
  },
})
