import { type Credentials, exportLines } from '@understudy/core'
import { findFile, writeOwnFile } from './data-directory.ts'

const FILE = 'credentials.env'

/** The token that earlier starts wrote down; the database only has its hash. */
export const findToken = async (directory: string): Promise<string | undefined> =>
  /^export BP_TOKEN=(\S+)$/m.exec((await findFile(directory, FILE)) ?? '')?.[1]

/** Writes `credentials.env`, readable by its owner alone. @returns its path */
export const writeCredentials = (directory: string, credentials: Credentials): Promise<string> =>
  writeOwnFile(directory, FILE, `${exportLines(credentials).join('\n')}\n`)

/** Writes a new token into `credentials.env`; the rest stays. */
export const writeToken = async (directory: string, token: string): Promise<void> => {
  const others = ((await findFile(directory, FILE)) ?? '')
    .split('\n')
    .filter((line) => line && !line.includes('BP_TOKEN='))
  await writeOwnFile(directory, FILE, `${[...others, `export BP_TOKEN=${token}`].join('\n')}\n`)
}
