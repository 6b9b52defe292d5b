import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { pathToFileURL } from 'node:url'
import {
  type Belongings,
  belongings,
  createLogger,
  OperatorError,
  openPlatform,
  type PlatformContext,
  resetToSeed,
  resumeClock,
} from '@understudy/core'
import { migrate } from '@understudy/db'
import { findPostgres, hasCluster, startPostgres } from '@understudy/embedded-postgres'
import type { Command } from 'commander'
import { findToken, writeToken } from '../credentials.ts'
import { readEnv } from '../env.ts'
import { MIGRATIONS } from '../migrations.ts'
import { dataDirectoryOf } from '../place.ts'
import { secretKey } from '../secret-key.ts'
import { dataDirOption } from './start.ts'

type Options = { dataDir?: string; yes?: boolean }

/** `understudy reset`: as after the first start. */
export const addReset = (program: Command): void => {
  program
    .command('reset')
    .description('take away everything but what the first start made; ids and token stay; the server may be running')
    .addOption(dataDirOption())
    .option('--yes', 'do not ask')
    .action(({ dataDir, yes = false }: Options) => reset(dataDirectoryOf(dataDir), yes))
}

const reset = async (directory: string, isSure: boolean): Promise<void> => {
  if (!hasCluster(directory))
    throw new OperatorError(`There is no server in ${directory}: name its directory with --data-dir.`)
  await onPlatformIn(directory, async (platform) => {
    const lost = inWords(await belongings(platform))
    if (lost && !isSure) await makeSure(`This takes away ${lost} in ${directory}`)
    const { token } = await resetToSeed(platform, await findToken(directory))
    if (token) await writeToken(directory, token)
    if (platform.testClock?.setting().version) await resumeClock(platform, { reset: true })
    await clearFiles(join(directory, 'files'))
  })
  console.log(`${directory} is as it was after the first start.`)
}

/** @throws OperatorError unless somebody at a terminal says yes */
const makeSure = async (consequence: string): Promise<void> => {
  if (!process.stdin.isTTY) throw new OperatorError(`${consequence}: say --yes to do it.`)
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${consequence}. Go on? [y/N] `)
  terminal.close()
  if (!/^y(es)?$/i.test(answer.trim())) throw new OperatorError('Nothing was done.')
}

const inWords = (found: Belongings): string =>
  Object.entries(found)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${count} ${count === 1 ? name.slice(0, -1) : name}`)
    .join(', ')

/** On the database of the server that is running, else on one that is started for this. */
const onPlatformIn = async (directory: string, work: (platform: PlatformContext) => Promise<void>): Promise<void> => {
  const running = findPostgres(directory)
  const postgres = running === undefined ? await startPostgres({ directory }) : undefined
  try {
    const databaseUrl = running ?? postgres?.url ?? ''
    if (postgres) await migrate(databaseUrl, MIGRATIONS)
    const settings = { ...readEnv(), DATABASE_URL: undefined, UNDERSTUDY_DATA_DIR: directory }
    const { platform, close } = await openPlatform({
      databaseUrl,
      secretKey: await secretKey(settings),
      filesUrl: pathToFileURL(join(directory, 'files')).href,
      limits: 'generous',
      publicUrl: 'http://127.0.0.1',
      hasTestClock: true,
      logger: createLogger('error'),
    })
    try {
      await work(platform)
    } finally {
      await close()
    }
  } finally {
    await postgres?.stop()
  }
}

/** All contents; what is being written goes by another name until it is whole. */
const clearFiles = async (directory: string): Promise<void> => {
  for (const name of await readdir(directory))
    if (!name.startsWith('.')) await rm(join(directory, name), { recursive: true, force: true })
}
