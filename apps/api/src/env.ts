import { allowPrivateHosts, OperatorError, readSettings, SETTINGS, showMetrics } from '@understudy/core'

const {
  HOST,
  PORT,
  PUBLIC_URL,
  RUNTIME_URL,
  DATABASE_URL,
  REDIS_URL,
  FILES_URL,
  SECRET_KEY,
  LOG_LEVEL,
  UNDERSTUDY_ORIGINS,
  UNDERSTUDY_RATE_LIMITS,
  UNDERSTUDY_LIMITS,
  UNDERSTUDY_RETENTION_DAYS,
  UNDERSTUDY_ALLOW_PRIVATE_HOSTS,
  UNDERSTUDY_TEST_CLOCK,
  UNDERSTUDY_TUNNEL,
  UNDERSTUDY_METRICS,
} = SETTINGS

/** The settings of an api process. @throws OperatorError for one that is missing or makes no sense */
export const readEnv = () => {
  const settings = readSettings(
    {
      HOST,
      PORT,
      PUBLIC_URL,
      RUNTIME_URL,
      DATABASE_URL: DATABASE_URL.unwrap(),
      REDIS_URL,
      FILES_URL: FILES_URL.unwrap(),
      SECRET_KEY: SECRET_KEY.unwrap(),
      LOG_LEVEL,
      UNDERSTUDY_ORIGINS,
      UNDERSTUDY_RATE_LIMITS,
      UNDERSTUDY_LIMITS,
      UNDERSTUDY_RETENTION_DAYS,
      UNDERSTUDY_ALLOW_PRIVATE_HOSTS,
      UNDERSTUDY_TEST_CLOCK,
      UNDERSTUDY_TUNNEL,
      UNDERSTUDY_METRICS,
    },
    process.env,
  )
  // Any api process may get the request, and only one has the tunnel.
  if (settings.UNDERSTUDY_TUNNEL)
    throw new OperatorError(
      'UNDERSTUDY_TUNNEL is for the server in one process (npm start): an api process opens no tunnels.',
    )
  return {
    ...settings,
    allowPrivateHosts: allowPrivateHosts(settings),
    hasMetrics: showMetrics(settings, settings.HOST),
  }
}
