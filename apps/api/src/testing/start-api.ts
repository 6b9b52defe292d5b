import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Role } from '@understudy/contract'
import {
  type Clock,
  createBot,
  createBotApiKey,
  createIntegration,
  createIntegrationApiKey,
  createPlatform,
  emulatorKey,
  firstRun,
  type Home,
  newUuid,
  type PlatformContext,
  updateBot,
  type WorkspaceContext,
  wallClock,
} from '@understudy/core'
import { connectDb } from '@understudy/db'
import { openFiles } from '@understudy/files'
import { database } from '@understudy/testkit'
import { type Logger, pino } from 'pino'
import { afterAll } from 'vitest'
import { type AppOptions, buildApp } from '../app.ts'

/** Whoever sends requests: a token, and the headers that go with it. */
export type Caller = {
  headers: Record<string, string>
  call: (method: string, path: string, body?: unknown) => Promise<Answer>
}

export type Answer = { status: number; headers: Headers; body: Record<string, unknown> }

/** A server on a database of its own, with a home, for the length of a file. */
export const startApi = async ({
  clock = wallClock,
  logger = pino({ level: 'silent' }),
  ...options
}: AppOptions & {
  clock?: Clock
  logger?: Logger
} = {}) => {
  const { url: databaseUrl } = await database()
  const db = connectDb({ url: databaseUrl })
  const secretKey = 'a-secret-key-of-the-tests-0123456789'
  const directory = await mkdtemp(join(tmpdir(), 'understudy-api-'))
  const files = await openFiles(pathToFileURL(directory).href)
  const publicUrl = 'http://understudy.test'
  const platform = createPlatform({
    db,
    secretKey,
    limits: 'generous',
    publicUrl,
    files,
    allowPrivateHosts: true,
    clock,
  })
  const app = await buildApp(platform, logger, options)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  afterAll(async () => {
    await app.close()
    await db.close()
    await rm(directory, { recursive: true })
  })
  const home = await firstRun(platform, {})
  return { url, databaseUrl, platform, home, app, ...callers(url, platform, home) }
}

const callers = (url: string, platform: PlatformContext, home: Home) => {
  const ownerOf = workspaceOwner(platform)
  const owner = ownerOf(home.workspaceId)
  const caller = (token: string, headers: Record<string, string> = {}): Caller => ({
    headers: { authorization: `Bearer ${token}`, ...headers },
    call: (method, path, body) => send(url, method, path, { authorization: `Bearer ${token}`, ...headers }, body),
  })
  return {
    /** Anybody with a token, or with a made-up one. */
    caller,
    /** An account with a role in the workspace, in the demo bot, and with those it has in other workspaces. */
    account: async (role: Role, headers: Record<string, string> = {}, elsewhere: Record<string, Role> = {}) => {
      const token = await memberToken(platform, { [home.workspaceId]: role, ...elsewhere })
      return caller(token, { 'x-workspace-id': home.workspaceId, 'x-bot-id': home.botId, ...headers })
    },
    /** The demo bot, with a key of its own. */
    bot: async (botId = home.botId) => {
      const { value } = await createBotApiKey(await owner(), { botId })
      return caller(value, { 'x-bot-id': botId })
    },
    /** The emulator in the demo bot, with a key of its own. */
    integration: async (integrationId = home.emulatorIntegrationId, botId = home.botId) => {
      const { value } = await createIntegrationApiKey(await owner(), { integrationId })
      return caller(value, { 'x-bot-id': botId, 'x-integration-id': integrationId })
    },
    /** Whoever was given the key of the emulator of the demo bot. */
    emulator: (botId = home.botId) => caller(emulatorKey(platform, botId)),
    /** A workspace of somebody else, with a bot and an integration in it. */
    neighbour: () => makeNeighbour(platform, caller),
    owner,
  }
}

const workspaceOwner = (platform: PlatformContext) => (workspaceId: string) => async (): Promise<WorkspaceContext> => {
  const { ownerId } = await platform.db.prisma.workspace.findUniqueOrThrow({ where: { id: workspaceId } })
  const caller = { kind: 'account', accountId: ownerId, roles: { [workspaceId]: 'owner' } } as const
  return { ...platform, workspaceId, caller }
}

const memberToken = async ({ db, clock, secrets }: PlatformContext, roles: Record<string, Role>) => {
  const token = `bp_pat_${newUuid()}`
  const [hash] = secrets.hashesOf(token) as [Buffer<ArrayBuffer>]
  const createdAt = clock.now()
  const id = newUuid()
  await db.prisma.account.create({
    data: {
      id,
      email: `${id}@example.com`,
      emailVerified: true,
      createdAt,
      memberships: {
        create: Object.entries(roles).map(([workspaceId, role]) => ({ id: newUuid(), workspaceId, role, createdAt })),
      },
      tokens: { create: { id: `pat_${newUuid()}`, hash, note: '', createdAt } },
    },
  })
  return token
}

const makeNeighbour = async (
  platform: PlatformContext,
  caller: (token: string, headers?: Record<string, string>) => Caller,
) => {
  const { db, clock } = platform
  const [accountId, workspaceId, now] = [newUuid(), newUuid(), clock.now()]
  await db.prisma.account.create({
    data: { id: accountId, email: `${accountId}@example.com`, emailVerified: true, createdAt: now },
  })
  await db.prisma.workspace.create({
    data: {
      id: workspaceId,
      name: 'Neighbour',
      ownerId: accountId,
      accountType: 'free',
      plan: 'community',
      spendingLimit: 0,
      createdAt: now,
      updatedAt: now,
    },
  })
  const ctx = await workspaceOwner(platform)(workspaceId)()
  const integration = await createIntegration(ctx, {
    name: 'neighbour',
    version: '1.0.0',
    channels: { channel: { messages: {} } },
    events: { custom: { schema: { type: 'object' } } },
  })
  const bot = await createBot(ctx, { name: 'neighbour' })
  await updateBot(
    ctx,
    bot.id,
    { integrations: { neighbour: { integrationId: integration.id, enabled: true } } },
    'alias',
  )
  const token = await memberToken(platform, { [workspaceId]: 'owner' })
  const asOwner = caller(token, { 'x-workspace-id': workspaceId, 'x-bot-id': bot.id })
  const asIntegration = caller(token, { ...asOwner.headers, 'x-integration-id': integration.id })
  return { workspaceId, botId: bot.id, integrationId: integration.id, asOwner, asIntegration, ctx }
}

const send = async (
  url: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Answer> => {
  const raw = typeof body === 'string'
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: raw ? body : JSON.stringify(body) }),
  })
  // It would not end by itself.
  if (answer.headers.get('content-type')?.startsWith('text/event-stream')) await answer.body?.cancel()
  const text = answer.bodyUsed ? '' : await answer.text()
  return {
    status: answer.status,
    headers: answer.headers,
    body: text ? (JSON.parse(text) as Record<string, unknown>) : {},
  }
}
