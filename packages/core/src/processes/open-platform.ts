import { connectDb, DatabaseUnavailable } from '@understudy/db'
import { type FileStore, openFiles } from '@understudy/files'
import type { Deployments } from '@understudy/runtime'
import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { reachDeployments, runDeployments } from '../deployments/index.ts'
import { createPlatform, type PlatformOptions } from '../platform.ts'
import { createSecrets } from '../secrets/index.ts'
import { OperatorError } from '../settings/index.ts'
import { checkSecretKey } from '../setup/index.ts'
import { openTestClock, type TestClock } from '../test-clock/index.ts'
import type { Logger } from './logger.ts'

export type OpenPlatformOptions = Omit<PlatformOptions, 'db' | 'clock' | 'testClock' | 'files' | 'deployments'> & {
  databaseUrl: string
  logger: Logger
  /** FILES_URL; undefined for a process that touches no contents */
  filesUrl?: string | undefined
  /** INTERNAL_URL, of a process that runs deployed code */
  internalUrl?: string | undefined
  /** RUNTIME_URL, of one that does not */
  runtimeUrl?: string | undefined
  /** UNDERSTUDY_TEST_CLOCK */
  hasTestClock?: boolean | undefined
}

const REACH = { name: 'processes.reach', text: `select to_regclass('server_facts') is not null as "isSetUp"` }

/**
 * The platform of a process: its database is there, migrated, and was set up with the same key, and its files are there.
 * @throws OperatorError when not; then nothing is left open
 */
export const openPlatform = async ({
  databaseUrl,
  logger,
  hasTestClock = false,
  filesUrl,
  internalUrl,
  runtimeUrl,
  ...options
}: OpenPlatformOptions): Promise<{ platform: PlatformContext; close: () => Promise<void> }> => {
  const files = filesUrl === undefined ? undefined : await filesAt(filesUrl)
  const onError = (error: Error): void => logger.warn({ err: error }, 'database connection lost')
  const db = connectDb({ url: databaseUrl, onError })
  const deploymentsOf = (testClock?: TestClock): Deployments | undefined => {
    const secrets = createSecrets(options.secretKey)
    if (runtimeUrl !== undefined) return reachDeployments({ secrets }, runtimeUrl)
    if (internalUrl === undefined || files === undefined) return undefined
    const { publicUrl } = options
    const programs = { db, files, clock: testClock ?? wallClock, secrets, publicUrl, internalUrl }
    return runDeployments(programs, (error) =>
      logger.warn({ err: error }, 'lines of deployed code could not be written'),
    )
  }
  try {
    const { isSetUp } = await db.one<{ isSetUp: boolean }>(REACH, []).catch(unreachable(databaseUrl))
    if (!isSetUp) throw new OperatorError(`The database at ${placeOf(databaseUrl)} is empty: run \`migrate\` first.`)
    const testClock = hasTestClock ? await openTestClock(db) : undefined
    const deployments = deploymentsOf(testClock)
    const platform = createPlatform({ db, testClock, files, deployments, ...options })
    await checkSecretKey(platform)
    return {
      platform,
      close: async () => {
        await platform.runtime.close()
        await deployments?.close()
        await testClock?.close()
        await db.close()
      },
    }
  } catch (error) {
    await db.close()
    throw error
  }
}

const filesAt = (url: string): Promise<FileStore> =>
  openFiles(url).catch((error: unknown) => {
    throw new OperatorError(`Nothing can be written where FILES_URL says: ${(error as Error).message}.`)
  })

/** Which database a URL names, without its password. */
export const placeOf = (databaseUrl: string): string => {
  const { host, pathname } = new URL(databaseUrl)
  return `${host}${pathname}`
}

/** Tells an unreachable database in one sentence; anything else is thrown on. @throws always */
export const unreachable =
  (databaseUrl: string) =>
  (error: unknown): never => {
    if (!(error instanceof DatabaseUnavailable)) throw error
    throw new OperatorError(`The database at ${placeOf(databaseUrl)} cannot be reached: ${error.message}.`)
  }
