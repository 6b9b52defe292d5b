import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What a program needs in its environment to work against this server. */
export type Credentials = {
  BP_API_URL: string
  /** undefined where others made the first token and told nobody here: the database has only its hash */
  BP_TOKEN?: string | undefined
  BP_WORKSPACE_ID: string
  BP_BOT_ID: string
  EMULATOR_INTEGRATION_ID: string
}

const fileIn = (directory: string): string => join(directory, 'credentials.env')

/** The lines to copy, or to `source`. */
export const exportLines = (credentials: Credentials): string[] =>
  Object.entries(credentials).flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${value}`]))

/** The token that earlier starts wrote down; the database only has its hash. */
export const findToken = async (directory: string): Promise<string | undefined> => {
  const text = await readFile(fileIn(directory), 'utf8').catch(() => '')
  return /^export BP_TOKEN=(\S+)$/m.exec(text)?.[1]
}

/** Writes `credentials.env`, readable by its owner alone. @returns its path */
export const writeCredentials = async (directory: string, credentials: Credentials): Promise<string> => {
  const file = fileIn(directory)
  await mkdir(directory, { recursive: true })
  await writeFile(file, `${exportLines(credentials).join('\n')}\n`, { mode: 0o600 })
  // An older file keeps the mode it was made with.
  await chmod(file, 0o600)
  return file
}
