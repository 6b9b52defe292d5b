import { tmpdir } from 'node:os'
import { readSettings, SETTINGS } from '@understudy/core'

export type Variables = Readonly<Record<string, string | undefined>>

/** The settings of the one-process server. @param given options, which win over the environment @throws OperatorError for one that makes no sense */
export const readEnv = (given: Variables = {}) => readSettings(SETTINGS, { ...process.env, ...withoutGaps(given) })

export type Settings = ReturnType<typeof readEnv>

/**
 * The settings of a server for one command. PORT, DATABASE_URL and their like in the environment are meant for that command,
 * so that only those are heeded which begin with our name.
 */
export const readThrowAwayEnv = (given: Variables): Settings =>
  readSettings(SETTINGS, { ...Object.fromEntries(Object.entries(process.env).filter(isOurs)), ...withoutGaps(given) })

// These two belong to the first start, which was that of the template.
const AT_FIRST_START = new Set(['UNDERSTUDY_TOKEN', 'UNDERSTUDY_WORKSPACE_ID'])

const isOurs = ([name]: [string, unknown]): boolean => name.startsWith('UNDERSTUDY_') && !AT_FIRST_START.has(name)

const withoutGaps = (given: Variables): Variables =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))

/** The environment of the command itself. */
export const commandEnv = (added: Variables): NodeJS.ProcessEnv => ({ ...process.env, ...added })

/** What points programs to a server: see `credentialsOf`. */
export const readPointers = (): Variables => process.env

/** Where throw-away data go. */
export const temporaryDirectory = (): string => tmpdir()
