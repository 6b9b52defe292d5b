import { createLogger, openPlatform, runProcess, serveCalls } from '@understudy/core'
import { readEnv } from './env.ts'
import { pages, watchWorker } from './pages.ts'
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
  const readiness = watchWorker(platform, working)
  const { RUNTIME_HOST: host, RUNTIME_PORT: port } = env
  const onError = (error: unknown): void => logger.warn({ err: error }, 'a call of deployed code failed')
  const calls =
    port === undefined
      ? undefined
      : await serveCalls(platform, { host, port, pages: pages(platform, readiness, env.hasMetrics), onError })
  logger.info('working')
  return {
    close: async () => {
      readiness.drain()
      await Promise.all([working.close(), calls?.close()])
      await close()
    },
  }
})
