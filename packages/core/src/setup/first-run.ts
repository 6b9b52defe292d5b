import type { Role } from '@understudy/contract'
import { createBot, updateBot } from '../bots/index.ts'
import type { PlatformContext, WorkspaceContext } from '../context.ts'
import { newId, newToken, newUuid } from '../ids.ts'
import { createIntegration } from '../integrations/index.ts'
import { EMULATOR } from './emulator.ts'

export type FirstRunOptions = { token?: string | undefined; workspaceId?: string | undefined }

type HomeOptions = { [Name in keyof Home]?: string | undefined }

/** What a program needs to work against this server. */
export type Home = {
  workspaceId: string
  accountId: string
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

/** What the first run made; undefined before it. */
export const findHome = async ({ db }: PlatformContext): Promise<Home | undefined> => {
  const fact = await db.prisma.serverFact.findUnique({ where: { name: FACT } })
  return fact ? (JSON.parse(fact.value) as Home) : undefined
}

/** @param options the token and the ids to make it with: new ones where there are none */
export const makeHome = async (
  platform: PlatformContext,
  { token = newToken('pat'), ...wanted }: HomeOptions,
): Promise<Home> => {
  const { accountId, workspaceId } = await makeWorkspace(platform, wanted, token)
  const caller = { kind: 'account', accountId, roles: { [workspaceId]: 'owner' } } as const
  const ctx: WorkspaceContext = { ...platform, workspaceId, caller }
  const emulator = await findOrMake(
    () => platform.db.prisma.integration.findFirst({ where: { family: { workspaceId, name: EMULATOR.name } } }),
    () => createIntegration(ctx, EMULATOR, wanted.emulatorIntegrationId),
  )
  const family = { workspaceId_name: { workspaceId, name: EMULATOR.name } }
  await platform.db.prisma.integrationFamily.update({ where: family, data: { native: true } })
  const bot = await findOrMake(
    () => platform.db.prisma.bot.findFirst({ where: { workspaceId } }),
    () => createBot(ctx, { name: 'demo' }, 'alias', wanted.botId),
  )
  await updateBot(ctx, bot.id, { integrations: { emulator: { integrationId: emulator.id, enabled: true } } }, 'alias')
  const home = { workspaceId, accountId, botId: bot.id, emulatorIntegrationId: emulator.id }
  await platform.db.prisma.serverFact.create({ data: { name: FACT, value: JSON.stringify(home) } })
  return { ...home, token }
}

/** A start that was cut short left some of this behind: the next one goes on from there. */
const findOrMake = async (
  find: () => Promise<{ id: string } | null>,
  make: () => Promise<{ id: string }>,
): Promise<{ id: string }> => (await find()) ?? make()

const EMAIL = 'owner@understudy.local'
const HANDLE = 'understudy'

/** The workspace, its owner, and the token that lets them in. */
const makeWorkspace = (
  { db, clock, secrets }: PlatformContext,
  { workspaceId: id = newUuid(), accountId = newUuid() }: HomeOptions,
  token: string,
): Promise<{ accountId: string; workspaceId: string }> =>
  db.transaction(async (tx) => {
    const createdAt = clock.now()
    const account = await tx.account.upsert({
      where: { email: EMAIL },
      create: { id: accountId, email: EMAIL, displayName: 'Owner', emailVerified: true, createdAt },
      update: {},
    })
    const role: Role = 'owner'
    const workspace = await tx.workspace.upsert({
      where: { handle: HANDLE },
      create: {
        id,
        name: 'Understudy',
        handle: HANDLE,
        ownerId: account.id,
        accountType: 'premium',
        plan: 'enterprise',
        spendingLimit: 0,
        createdAt,
        updatedAt: createdAt,
        members: { create: { id: newUuid(), accountId: account.id, role, createdAt } },
      },
      update: {},
    })
    const [hash] = secrets.hashesOf(token) as [Buffer<ArrayBuffer>]
    await tx.token.upsert({
      where: { hash },
      create: { id: newId('pat'), hash, note: 'Made at the first start', accountId: account.id, createdAt },
      update: {},
    })
    return { accountId: account.id, workspaceId: workspace.id }
  })
