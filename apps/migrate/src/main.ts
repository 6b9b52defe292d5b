import { fileURLToPath } from 'node:url'
import {
  createLogger,
  credentialsOf,
  exportLines,
  firstRun,
  knownToken,
  openPlatform,
  publicUrlOf,
  runProcess,
  unreachable,
} from '@understudy/core'
import { migrate } from '@understudy/db'
import { readEnv } from './env.ts'

const MIGRATIONS = fileURLToPath(new URL('../../../prisma/migrations', import.meta.url))

// Brings the database of a cluster up to date, once per release, and makes its home at the first one.
await runProcess(async () => {
  const env = readEnv()
  const { applied } = await migrate(env.DATABASE_URL, MIGRATIONS).catch(unreachable(env.DATABASE_URL))
  const { platform, close } = await openPlatform({
    databaseUrl: env.DATABASE_URL,
    secretKey: env.SECRET_KEY,
    limits: env.UNDERSTUDY_LIMITS,
    publicUrl: publicUrlOf(env),
    logger: createLogger(env.LOG_LEVEL ?? 'info'),
  })
  const home = await firstRun(platform, { token: env.UNDERSTUDY_TOKEN, workspaceId: env.UNDERSTUDY_WORKSPACE_ID })
  const token = await knownToken(platform, [env.UNDERSTUDY_TOKEN])
  await close()
  console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.')
  console.log(exportLines(credentialsOf(platform, home, token)).join('\n'))
  return { close: async () => {} }
})
