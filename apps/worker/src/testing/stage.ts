import {
  type BotContext,
  type Clock,
  createBot,
  createConversation,
  createIntegration,
  createMessage,
  createPlatform,
  createUser,
  findBotProfile,
  firstRun,
  newUuid,
  type PlatformContext,
  updateBot,
  type WorkspaceContext,
  wallClock,
} from '@understudy/core'
import { connectDb } from '@understudy/db'
import { database } from '@understudy/testkit'
import { afterAll } from 'vitest'
import type { WorkOptions } from '../work-options.ts'

const logger: WorkOptions['logger'] = { warn: () => {}, error: () => {} }

/**
 * A database with a home in it, and a platform on it, for the length of a file. Its time goes faster where a test hurries, and
 * stands where a test stops it.
 */
export const stage = async () => {
  let aheadMs = 0
  let standing: Date | undefined
  const clock: Clock = { now: () => new Date((standing ?? wallClock.now()).getTime() + aheadMs) }
  const { url: databaseUrl } = await database()
  const db = connectDb({ url: databaseUrl })
  afterAll(() => db.close())
  const platform = createPlatform({
    db,
    secretKey: '0123456789abcdef0123456789abcdef',
    limits: 'generous',
    retentionDays: 90,
    publicUrl: 'http://127.0.0.1:4700',
    allowPrivateHosts: true,
    clock,
  })
  const { workspaceId, accountId } = await firstRun(platform, {})
  const caller = { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } as const
  const admin: WorkspaceContext = { ...platform, workspaceId, caller }
  return {
    platform,
    admin,
    options: (redisUrl: string | undefined): WorkOptions => ({
      platform,
      databaseUrl,
      redisUrl,
      allowPrivateHosts: true,
      logger,
    }),
    /** Moves the time of bots by so many ms. */
    hurry: (ms: number) => {
      aheadMs += ms
      platform.doorbell.ring()
    },
    /** Sets the time of bots, and stops it. */
    stop: (at: string) => {
      aheadMs = 0
      standing = new Date(at)
      platform.doorbell.ring()
    },
    scene: (urls: { bot?: string; integration?: string }) => makeScene(platform, admin, urls),
  }
}

const text = { type: 'object', properties: { text: { type: 'string' } } }

/** A bot and an integration in it, each living at a URL or nowhere, and what one does as either. */
const makeScene = async (
  platform: PlatformContext,
  admin: WorkspaceContext,
  { bot: botUrl, integration: integrationUrl = 'http://127.0.0.1:9' }: { bot?: string; integration?: string },
) => {
  const integration = await createIntegration(admin, {
    name: `parrot${newUuid().slice(0, 8)}`,
    version: '1.0.0',
    dev: true,
    url: integrationUrl,
    user: { tags: { id: {} } },
    channels: { room: { messages: { text: { schema: text } }, conversation: { tags: { id: {} } } } },
    events: { squawk: { schema: text } },
    configuration: { schema: { type: 'object', properties: { volume: { type: 'number' } } } },
  })
  const made = await createBot(admin, {
    name: 'bot',
    dev: true,
    ...(botUrl ? { url: botUrl } : {}),
    configuration: { data: { greeting: 'Hë' }, schema: { type: 'object' } },
    events: { wakeUp: { schema: { type: 'object' } } },
  })
  const install = { integrationId: integration.id, enabled: true, configuration: { volume: 3 } }
  await updateBot(admin, made.id, { integrations: { parrot: install } }, 'alias')
  const bot = await findBotProfile(platform, made.id)
  const [installation] = bot?.installations ?? []
  if (!bot || !installation) throw new Error('The scene could not be set.')
  const asBot: BotContext = {
    ...platform,
    bot,
    installation: undefined,
    caller: { kind: 'bot', botId: bot.id, workspaceId: bot.workspaceId },
  }
  const asParrot: BotContext = { ...asBot, installation }
  const ann = await createUser(asParrot, { tags: { id: 'ann' } })
  const conversation = (tags = {}) => createConversation(asParrot, { channel: 'room', tags })
  const home = await conversation()
  // An integration that runs nowhere does not register either, which is told: a scene begins with a clean log.
  const { botLog, botIssue, botIssueEvent } = platform.db.prisma
  for (const table of [botLog, botIssueEvent, botIssue] as { deleteMany: (of: object) => Promise<unknown> }[])
    await table.deleteMany({ where: { botId: bot.id } })
  return {
    botId: bot.id,
    integrationId: integration.id,
    asBot,
    asParrot,
    ann,
    conversation,
    home,
    /** Ann says something to the bot. */
    say: (words: string, conversationId = home.id, schedule?: { delay: number }) =>
      createMessage(asParrot, {
        conversationId,
        userId: ann.id,
        type: 'text',
        payload: { text: words },
        tags: {},
        schedule,
      }),
    /** The bot says something to Ann. */
    answer: (words: string, conversationId = home.id) =>
      createMessage(asBot, { conversationId, userId: bot.id, type: 'text', payload: { text: words }, tags: {} }),
  }
}
