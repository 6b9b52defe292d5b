import { z } from 'zod'
import { defineOperations } from '../operation.ts'
import { BotAllowlist, BotAllowlistChanges } from './bot-allowlist.schema.ts'

const PathBotId = z.object({ botId: z.string() })

export const botAllowlistsOperations = defineOperations({
  getBotAllowlist: {
    method: 'GET',
    path: '/v1/admin/bots/:botId/allowlist',
    summary: 'Read which members have a bot',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathBotId,
    status: 200,
    response: BotAllowlist,
  },
  updateBotAllowlist: {
    method: 'PUT',
    path: '/v1/admin/bots/:botId/allowlist',
    summary: 'Change which members below administrator have a bot',
    tenant: 'workspace',
    access: { callers: ['account:administrator'] },
    params: PathBotId,
    body: BotAllowlistChanges,
    status: 200,
    response: z.object({}),
  },
})
