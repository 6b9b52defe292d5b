import { createLogger, openPlatform, runProcess } from '@understudy/core'
import { readEnv } from './env.ts'
import { work } from './work.ts'

await runProcess(async () => {
  const env = readEnv()
  const logger = createLogger(env.LOG_LEVEL ?? 'info')
  const { platform, close } = await openPlatform({
    databaseUrl: env.DATABASE_URL,
    secretKey: env.SECRET_KEY,
    filesUrl: env.FILES_URL,
    limits: env.UNDERSTUDY_LIMITS,
    retentionDays: env.UNDERSTUDY_RETENTION_DAYS,
    allowPrivateHosts: env.allowPrivateHosts,
    hasTestClock: env.UNDERSTUDY_TEST_CLOCK,
    publicUrl: env.PUBLIC_URL,
    internalUrl: env.INTERNAL_URL ?? env.PUBLIC_URL,
    logger,
  })
  const { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, allowPrivateHosts } = env
  const working = await work({ platform, databaseUrl, redisUrl, allowPrivateHosts, logger })
  logger.info('working')
  return { close: () => working.close().then(close) }
})
