import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { serve } from '@understudy/api'
import {
  allowPrivateHosts,
  allowTunnels,
  type Credentials,
  createLogger,
  credentialsOf,
  firstRun,
  knownToken,
  type Logger,
  openPlatform,
  type PlatformContext,
  placeOf,
  publicUrlOf,
  showMetrics,
  unreachable,
} from '@understudy/core'
import { migrate } from '@understudy/db'
import { startPostgres } from '@understudy/embedded-postgres'
import { CLOUD, openRateLimits } from '@understudy/rate-limits'
import { work } from '@understudy/worker'
import { banner } from './banner.ts'
import { findToken, writeCredentials } from './credentials.ts'
import type { Settings } from './env.ts'
import { MIGRATIONS } from './migrations.ts'
import { secretKey } from './secret-key.ts'

export type Running = {
  /** what to show to the operator */
  banner: string
  /** what a program needs to work against it */
  credentials: Credentials
  /** finishes what is under way and leaves a clean database; harmless when called again */
  close: () => Promise<void>
}

/** `durable: false` loses data on a power cut, and wins time. */
type StartOptions = { durable?: boolean }

/**
 * Starts everything in this process: database, migrations, first-run data, worker and api.
 * @param onLost what stands in the way of going on, once it has started
 * @throws OperatorError when something the operator can put right stands in the way; then nothing is left running
 */
export const start = async (
  settings: Settings,
  onLost: (error: Error) => void,
  { durable = true }: StartOptions = {},
): Promise<Running> => {
  const opened: (() => Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const close = () => {
    closing ??= opened.reduceRight((before, end) => before.then(end), Promise.resolve())
    return closing
  }
  try {
    return { ...(await open(settings, opened, onLost, durable)), close }
  } catch (error) {
    await close()
    throw error
  }
}

const open = async (
  settings: Settings,
  opened: (() => Promise<void>)[],
  onLost: (error: Error) => void,
  durable: boolean,
) => {
  const directory = resolve(settings.UNDERSTUDY_DATA_DIR)
  const logger = createLogger(settings.LOG_LEVEL ?? 'warn')

  // First of all: who makes the data directory has to let PostgreSQL in.
  const postgres = settings.DATABASE_URL ? undefined : await startPostgres({ directory, durable, onLost })
  if (postgres) opened.push(postgres.stop)
  const key = await secretKey(settings)
  const databaseUrl = settings.DATABASE_URL ?? postgres?.url ?? ''
  await migrate(databaseUrl, MIGRATIONS).catch(unreachable(databaseUrl))

  const { platform, close } = await openPlatform({
    databaseUrl,
    secretKey: key,
    filesUrl: settings.FILES_URL ?? pathToFileURL(join(directory, 'files')).href,
    limits: settings.UNDERSTUDY_LIMITS,
    retentionDays: settings.UNDERSTUDY_RETENTION_DAYS,
    allowPrivateHosts: allowPrivateHosts(settings),
    hasTestClock: settings.UNDERSTUDY_TEST_CLOCK,
    publicUrl: publicUrlOf(settings),
    internalUrl: settings.INTERNAL_URL ?? publicUrlOf(settings),
    logger,
  })
  opened.push(close)
  // Before anything else can fail: a new token is known to nobody but us. And before scripts find that we answer.
  const { credentials, credentialsFile } = await settleIn(platform, settings, logger)

  const { REDIS_URL: redisUrl } = settings
  const worker = await work({
    platform,
    databaseUrl,
    redisUrl,
    allowPrivateHosts: allowPrivateHosts(settings),
    logger,
  })
  opened.push(worker.close)
  const rateLimits =
    settings.UNDERSTUDY_RATE_LIMITS === 'cloud'
      ? await openRateLimits({ rates: CLOUD, databaseUrl, redisUrl })
      : undefined
  if (rateLimits) opened.push(rateLimits.close)
  const server = await serve({
    platform,
    host: settings.HOST,
    port: settings.PORT,
    hasTunnels: allowTunnels(settings),
    hasMetrics: showMetrics(settings, settings.HOST),
    rateLimits,
    origins: settings.UNDERSTUDY_ORIGINS,
    logger,
  })
  opened.push(server.close)
  const facts = {
    credentials,
    credentialsFile,
    hasTunnels: allowTunnels(settings),
    persistence: postgres ? `embedded PostgreSQL, data in ${directory}` : `PostgreSQL at ${placeOf(databaseUrl)}`,
  }
  return { banner: banner(facts), credentials }
}

/** Makes what a new server starts with, and writes down how programs get in. */
const settleIn = async (platform: PlatformContext, settings: Settings, logger: Logger) => {
  const directory = resolve(settings.UNDERSTUDY_DATA_DIR)
  const { UNDERSTUDY_TOKEN: wanted, UNDERSTUDY_WORKSPACE_ID: workspaceId } = settings
  const written = await findToken(directory)
  const home = await firstRun(platform, { token: wanted ?? written, workspaceId })
  // A token that is set later on is none: it must not take the place of the one that works.
  const token = await knownToken(platform, [wanted, written])
  if (wanted !== undefined && token !== wanted)
    logger.warn('UNDERSTUDY_TOKEN is unknown to this database: it counts at the first start only')
  const credentials = credentialsOf(platform, home, token)
  return { credentials, credentialsFile: await writeCredentials(directory, credentials) }
}
