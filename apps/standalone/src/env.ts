import { readSettings, SETTINGS } from '@understudy/core'

/** The settings of the one-process server. @throws OperatorError for one that makes no sense */
export const readEnv = () => readSettings(SETTINGS, process.env)

export type Settings = ReturnType<typeof readEnv>
