import type { Role } from '@understudy/contract'
import { createBot, updateBot } from '../bots/index.ts'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import { newId, newToken, newUuid } from '../ids.ts'
import { createIntegration } from '../integrations/index.ts'
import { EMULATOR } from './emulator.ts'

export type FirstRunOptions = { token?: string | undefined; workspaceId?: string | undefined }

/** What a program needs to work against this server. */
export type Home = {
  workspaceId: string
  botId: string
  emulatorIntegrationId: string
  /** only from the run that made it: the database has its hash alone */
  token?: string
}

const FACT = 'first-run'
const LOCK = 7_021_950

/**
 * Makes what a new server starts with: a workspace with its owner, a personal access token, the emulator integration and a
 * demo bot that has it. Once, however many processes start at the same time; later runs answer what the first one made.
 */
export const firstRun = async (platform: PlatformContext, options: FirstRunOptions): Promise<Home> => {
  const known = await findHome(platform)
  if (known) return known
  return platform.db.exclusively(LOCK, async () => (await findHome(platform)) ?? makeHome(platform, options))
}

const findHome = async ({ db }: PlatformContext): Promise<Home | undefined> => {
  const fact = await db.prisma.serverFact.findUnique({ where: { name: FACT } })
  return fact ? (JSON.parse(fact.value) as Home) : undefined
}

const makeHome = async (
  platform: PlatformContext,
  { token = newToken('pat'), workspaceId = newUuid() }: FirstRunOptions,
): Promise<Home> => {
  const ctx = await makeWorkspace(platform, workspaceId, token)
  // A start that was cut short left some of this behind: it goes on from there.
  const emulator = await findOrMake(
    () => platform.db.prisma.integration.findFirst({ where: { family: { workspaceId, name: EMULATOR.name } } }),
    () => createIntegration(ctx, EMULATOR),
  )
  const bot = await findOrMake(
    () => platform.db.prisma.bot.findFirst({ where: { workspaceId } }),
    () => createBot(ctx, { name: 'demo' }),
  )
  await updateBot(ctx, bot.id, { integrations: { emulator: { integrationId: emulator.id, enabled: true } } }, 'alias')
  const home = { workspaceId, botId: bot.id, emulatorIntegrationId: emulator.id }
  await platform.db.prisma.serverFact.create({ data: { name: FACT, value: JSON.stringify(home) } })
  return { ...home, token }
}

const findOrMake = async <T extends { id: string }>(
  find: () => Promise<T | null>,
  make: () => Promise<{ id: string }>,
): Promise<{ id: string }> => (await find()) ?? make()

const makeWorkspace = async (
  platform: PlatformContext,
  workspaceId: string,
  token: string,
): Promise<WorkspaceContext> => {
  const { db, clock, secrets } = platform
  const now = clock.now()
  const email = 'owner@understudy.local'
  const [hash] = secrets.hashesOf(token) as [Buffer<ArrayBuffer>]
  const accountId = await db.transaction(async (tx) => {
    const account = await tx.account.upsert({
      where: { email },
      create: { id: newUuid(), email, displayName: 'Owner', emailVerified: true, createdAt: now },
      update: {},
    })
    const owner: Role = 'owner'
    await tx.workspace.upsert({
      where: { id: workspaceId },
      create: {
        id: workspaceId,
        name: 'Understudy',
        handle: 'understudy',
        ownerId: account.id,
        accountType: 'premium',
        plan: 'enterprise',
        spendingLimit: 0,
        createdAt: now,
        updatedAt: now,
        members: { create: { id: newUuid(), accountId: account.id, role: owner, createdAt: now } },
      },
      update: {},
    })
    await tx.token.upsert({
      where: { hash },
      create: { id: newId('pat'), hash, note: 'Made at the first start', accountId: account.id, createdAt: now },
      update: {},
    })
    return account.id
  })
  return { ...platform, workspaceId, caller: { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } }
}
