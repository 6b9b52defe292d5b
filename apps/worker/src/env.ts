import { allowPrivateHosts, OperatorError, readSettings, SETTINGS, showMetrics } from '@understudy/core'

const {
  DATABASE_URL,
  REDIS_URL,
  FILES_URL,
  SECRET_KEY,
  LOG_LEVEL,
  PUBLIC_URL,
  INTERNAL_URL,
  RUNTIME_HOST,
  RUNTIME_PORT,
  UNDERSTUDY_LIMITS,
  UNDERSTUDY_RETENTION_DAYS,
  UNDERSTUDY_ALLOW_PRIVATE_HOSTS,
  UNDERSTUDY_TEST_CLOCK,
  UNDERSTUDY_METRICS,
} = SETTINGS

/** The settings of a worker of its own. @throws OperatorError for one that is missing or makes no sense */
export const readEnv = () => {
  const settings = readSettings(
    {
      DATABASE_URL,
      REDIS_URL,
      FILES_URL,
      SECRET_KEY,
      LOG_LEVEL,
      PUBLIC_URL,
      INTERNAL_URL,
      RUNTIME_HOST,
      RUNTIME_PORT,
      UNDERSTUDY_LIMITS,
      UNDERSTUDY_RETENTION_DAYS,
      UNDERSTUDY_ALLOW_PRIVATE_HOSTS,
      UNDERSTUDY_TEST_CLOCK,
      UNDERSTUDY_METRICS,
    },
    process.env,
  )
  return {
    ...settings,
    allowPrivateHosts: allowPrivateHosts(settings),
    hasMetrics: showMetrics(settings, settings.RUNTIME_HOST),
    PUBLIC_URL: settings.PUBLIC_URL ?? 'http://127.0.0.1:4700',
    DATABASE_URL: required('DATABASE_URL', settings.DATABASE_URL),
    FILES_URL: required('FILES_URL', settings.FILES_URL),
    SECRET_KEY: required('SECRET_KEY', settings.SECRET_KEY),
  }
}

const required = (name: string, value: string | undefined): string => {
  if (value === undefined) throw new OperatorError(`${name} must be set, to the same as the api's.`)
  return value
}
