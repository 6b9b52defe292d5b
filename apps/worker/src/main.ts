import { checkSecretKey, createPlatform, OperatorError } from '@understudy/core'
import { connectDb, DatabaseUnavailable } from '@understudy/db'
import { readEnv } from './env.ts'
import { createLogger } from './logger.ts'
import { work } from './work.ts'

/** One sentence for what the operator can put right, the whole stack for what only we can. */
const giveUp = (error: unknown): never => {
  console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
  process.exit(1)
}

const unreachable = (error: unknown): never => {
  if (!(error instanceof DatabaseUnavailable)) throw error
  throw new OperatorError(`The database at DATABASE_URL cannot be reached: ${error.message}.`)
}

try {
  const env = readEnv()
  const logger = createLogger(env.LOG_LEVEL ?? 'info')
  const db = connectDb({
    url: env.DATABASE_URL,
    onError: (error) => logger.warn({ err: error }, 'database connection lost'),
  })
  const platform = createPlatform({
    db,
    secretKey: env.SECRET_KEY,
    limits: env.UNDERSTUDY_LIMITS,
    publicUrl: env.PUBLIC_URL,
  })
  await db.rows({ name: 'worker.reach', text: 'select 1' }, []).catch(unreachable)
  await checkSecretKey(platform)
  const working = await work({ platform, databaseUrl: env.DATABASE_URL, redisUrl: env.REDIS_URL, logger })
  logger.info('working')
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(
      signal,
      () =>
        void working
          .close()
          .then(db.close)
          .then(() => process.exit(0), giveUp),
    )
} catch (error) {
  giveUp(error)
}
