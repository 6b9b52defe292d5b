import { resolve } from 'node:path'
import { OperatorError } from '@understudy/core'
import { findFile } from './data-directory.ts'
import { readEnv, readPointers } from './env.ts'

/** Which server is meant, and what lets a program in. */
export type Place = { url: string; token: string; botId: string | undefined; workspaceId: string | undefined }

/** The directory that is meant. */
export const dataDirectoryOf = (option: string | undefined): string =>
  resolve(readEnv({ UNDERSTUDY_DATA_DIR: option }).UNDERSTUDY_DATA_DIR)

/**
 * The lines that the server of a data directory has written for programs.
 * @throws OperatorError when there are none
 */
export const credentialLines = async (directory: string): Promise<string[]> => {
  const text = await findFile(directory, 'credentials.env')
  if (text === undefined)
    throw new OperatorError(`There is no server in ${directory}: start one, or name its directory with --data-dir.`)
  return text.trim().split('\n')
}

/**
 * The server of the directory that is named; else the one of the environment, else that of the usual directory.
 * @throws OperatorError when there is none
 */
export const findPlace = async (option: string | undefined): Promise<Place> => {
  const { BP_API_URL, BP_TOKEN, BP_BOT_ID, BP_WORKSPACE_ID } = option === undefined ? readPointers() : {}
  if (BP_API_URL && BP_TOKEN)
    return { url: BP_API_URL.replace(/\/+$/, ''), token: BP_TOKEN, botId: BP_BOT_ID, workspaceId: BP_WORKSPACE_ID }
  const directory = dataDirectoryOf(option)
  const written = Object.fromEntries(
    (await credentialLines(directory)).map((line) => /^export (\w+)=(.*)$/.exec(line)?.slice(1) ?? []),
  ) as Record<string, string | undefined>
  const { BP_API_URL: url, BP_TOKEN: token } = written
  if (!url || !token) throw new OperatorError(`There is no token in ${directory}: set BP_API_URL and BP_TOKEN.`)
  return { url, token, botId: written['BP_BOT_ID'], workspaceId: written['BP_WORKSPACE_ID'] }
}
