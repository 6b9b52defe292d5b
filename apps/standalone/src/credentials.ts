import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Credentials, exportLines } from '@understudy/core'

const fileIn = (directory: string): string => join(directory, 'credentials.env')

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
