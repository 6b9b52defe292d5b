import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from './operator-error.ts'

/** Where the api listens in a container of its own, and by default. */
const HERE = 'http://127.0.0.1:4700'

/**
 * Which server is meant, and with whose token: as the lines that servers print have it, else as the one-process server wrote
 * them down in its data directory.
 * @throws OperatorError when there is no token
 */
export const readEnv = async (): Promise<{ url: string; token: string }> => {
  const { BP_API_URL, BP_TOKEN, UNDERSTUDY_TOKEN, UNDERSTUDY_DATA_DIR } = process.env
  const file = join(UNDERSTUDY_DATA_DIR || '.understudy', 'credentials.env')
  const text = await readFile(file, 'utf8').catch(() => '')
  const written = (name: string) => new RegExp(`^export ${name}=(\\S+)$`, 'm').exec(text)?.[1]
  const url = BP_API_URL || written('BP_API_URL') || HERE
  const token = BP_TOKEN || UNDERSTUDY_TOKEN || written('BP_TOKEN')
  if (!token) throw new OperatorError(`Set BP_TOKEN to a personal access token: there is none in ${file}.`)
  return { url: url.replace(/\/+$/, ''), token }
}
