import { createLogger, openPlatform, publicUrlOf, runProcess } from '@understudy/core'
import { CLOUD, openRateLimits } from '@understudy/rate-limits'
import { readEnv } from './env.ts'
import { serve } from './serve.ts'

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
    publicUrl: publicUrlOf(env),
    runtimeUrl: env.RUNTIME_URL,
    logger,
  })
  const { HOST: host, PORT: port, DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, hasMetrics } = env
  const rateLimits =
    env.UNDERSTUDY_RATE_LIMITS === 'cloud' ? await openRateLimits({ rates: CLOUD, databaseUrl, redisUrl }) : undefined
  const server = await serve({
    platform,
    host,
    port,
    hasMetrics,
    rateLimits,
    origins: env.UNDERSTUDY_ORIGINS,
    logger,
  })
  return {
    close: async () => {
      await server.close()
      await rateLimits?.close()
      await close()
    },
  }
})
