import { createLogger, openPlatform, publicUrlOf, runProcess } from '@understudy/core'
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
  const server = await serve({ platform, host: env.HOST, port: env.PORT, hasMetrics: env.hasMetrics, logger })
  return { close: () => server.close().then(close) }
})
