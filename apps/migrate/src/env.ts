import { readSettings, SETTINGS } from '@understudy/core'

/** The settings of a migration. @throws OperatorError for one that is missing or makes no sense */
export const readEnv = () =>
  readSettings(
    {
      HOST: SETTINGS.HOST,
      PORT: SETTINGS.PORT,
      PUBLIC_URL: SETTINGS.PUBLIC_URL,
      DATABASE_URL: SETTINGS.DATABASE_URL.unwrap(),
      SECRET_KEY: SETTINGS.SECRET_KEY.unwrap(),
      LOG_LEVEL: SETTINGS.LOG_LEVEL,
      UNDERSTUDY_LIMITS: SETTINGS.UNDERSTUDY_LIMITS,
      UNDERSTUDY_TOKEN: SETTINGS.UNDERSTUDY_TOKEN,
      UNDERSTUDY_WORKSPACE_ID: SETTINGS.UNDERSTUDY_WORKSPACE_ID,
    },
    process.env,
  )
