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
  type WorkspaceContext,
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
  /** whose bots these are, as their owner */
  workspace: WorkspaceContext
  integrationId: string
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
  const { ctx, ...rest } = await moveIn(platform)
  const owner = { botId: ctx.bot.id, installationId: ctx.installation?.id ?? '' }
  await onConnection(databaseUrl, (client) => seed(client, sizes, owner))
  return { databaseUrl, sizes, ctx, ...rest }
}

/** A bot with an integration installed, and that integration's key. */
const moveIn = async (platform: PlatformContext) => {
  const { workspaceId, accountId, botId } = await firstRun(platform, {})
  const owner = { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } as const
  const workspace: WorkspaceContext = { ...platform, workspaceId, caller: owner }
  const { id: integrationId } = await createIntegration(workspace, INTEGRATION)
  const ctx = await install(workspace, botId, integrationId)
  const { value: token } = await createIntegrationApiKey(workspace, { integrationId })
  const headers = { authorization: `Bearer ${token}`, 'x-bot-id': botId, 'x-integration-id': integrationId }
  return { ctx, headers, workspace, integrationId }
}

/** Installs the integration in a bot. @returns the integration as a caller of that bot */
export const install = async (
  workspace: WorkspaceContext,
  botId: string,
  integrationId: string,
): Promise<BotContext> => {
  await updateBot(workspace, botId, { integrations: { bench: { integrationId, enabled: true } } }, 'alias')
  const bot = await findBotProfile(workspace, botId)
  const installation = bot?.installations.find(({ alias }) => alias === 'bench')
  if (!bot || !installation) throw new Error('A bot of the benchmark was not set up.')
  const { workspaceId } = workspace
  return {
    ...workspace,
    caller: { kind: 'integration', familyId: installation.familyId, workspaceId },
    bot,
    installation,
  }
}
