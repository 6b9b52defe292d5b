import { fileURLToPath } from 'node:url'
import {
  type BotContext,
  createIntegration,
  createIntegrationApiKey,
  createPlatform,
  findBotProfile,
  firstRun,
  newUuid,
  type PlatformContext,
  updateBot,
} from '@understudy/core'
import { connectDb, migrate } from '@understudy/db'
import type { Closing } from './closing.ts'
import { createDatabase, onConnection } from './postgres.ts'
import { type Sizes, seed } from './seed.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

export const SECRET_KEY = 'the-secret-key-of-the-benchmark-0123456789'

/** A filled database, and in whose name requests to it are made: an integration's, as most are. */
export type Stage = {
  databaseUrl: string
  sizes: Sizes
  ctx: BotContext
  headers: Record<string, string>
}

const anything = { type: 'object', additionalProperties: true }
const label = { title: 'A tag' }

const INTEGRATION = {
  name: 'bench',
  version: '1.0.0',
  channels: {
    channel: {
      messages: { text: { schema: anything } },
      conversation: { tags: { id: label, team: label, tier: label } },
    },
  },
  states: { memory: { type: 'conversation' as const, schema: anything } },
}

/** Makes a database of that server with so many messages in it. */
export const setStage = async (server: string, sizes: Sizes, closing: Closing): Promise<Stage> => {
  const name = `understudy_bench_${newUuid().replaceAll('-', '')}`
  const databaseUrl = await createDatabase(server, name, closing)
  await migrate(databaseUrl, MIGRATIONS)
  const db = connectDb({ url: databaseUrl })
  closing.add(db.close)
  const platform = createPlatform({ db, secretKey: SECRET_KEY, limits: 'generous', publicUrl: 'http://bench.test' })
  const { ctx, headers } = await moveIn(platform)
  const owner = { botId: ctx.bot.id, installationId: ctx.installation?.id ?? '' }
  await onConnection(databaseUrl, (client) => seed(client, sizes, owner))
  return { databaseUrl, sizes, ctx, headers }
}

/** A bot with an integration installed, and that integration's key. */
const moveIn = async (platform: PlatformContext) => {
  const { workspaceId, accountId, botId } = await firstRun(platform, {})
  const owner = { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } as const
  const workspace = { ...platform, workspaceId, caller: owner }
  const { id: integrationId } = await createIntegration(workspace, INTEGRATION)
  await updateBot(workspace, botId, { integrations: { bench: { integrationId, enabled: true } } }, 'alias')
  const { value: token } = await createIntegrationApiKey(workspace, { integrationId })

  const bot = await findBotProfile(platform, botId)
  const installation = bot?.installations.find(({ alias }) => alias === 'bench')
  if (!bot || !installation) throw new Error('The bot of the benchmark was not set up.')
  const caller = { kind: 'integration', familyId: installation.familyId, workspaceId } as const
  const ctx: BotContext = { ...platform, caller, bot, installation }
  return { ctx, headers: { authorization: `Bearer ${token}`, 'x-bot-id': botId, 'x-integration-id': integrationId } }
}
