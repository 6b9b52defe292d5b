import { checkSecretKey, createPlatform } from '@understudy/core'
import { connectDb } from '@understudy/db'
import { readEnv } from './env.ts'
import { createLogger } from './logger.ts'
import { serve } from './serve.ts'

const giveUp = (error: unknown): never => {
  console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
  process.exit(1)
}

try {
  const env = readEnv()
  const logger = createLogger(env.LOG_LEVEL ?? 'info')
  const db = connectDb({
    url: env.DATABASE_URL,
    onError: (error) => logger.warn({ err: error }, 'database connection lost'),
  })
  const publicUrl = env.PUBLIC_URL ?? `http://${env.HOST}:${env.PORT}`
  const platform = createPlatform({ db, secretKey: env.SECRET_KEY, limits: env.UNDERSTUDY_LIMITS, publicUrl })
  await checkSecretKey(platform)
  const server = await serve({ platform, host: env.HOST, port: env.PORT, logger })
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(
      signal,
      () =>
        void server
          .close()
          .then(db.close)
          .then(() => process.exit(0), giveUp),
    )
} catch (error) {
  giveUp(error)
}
