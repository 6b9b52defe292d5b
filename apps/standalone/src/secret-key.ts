import { randomBytes } from 'node:crypto'
import { OperatorError } from '@understudy/core'
import { findFile, writeOwnFile } from './data-directory.ts'
import type { Settings } from './env.ts'

const FILE = 'secret.key'

/**
 * The key that encrypts secrets: the one that is set, else one of the data directory's own, made at the first start.
 * @throws OperatorError when a database of the operator's own comes without one: losing the directory would lose the secrets
 */
export const secretKey = async (settings: Settings): Promise<string> => {
  if (settings.SECRET_KEY) return settings.SECRET_KEY
  if (settings.DATABASE_URL)
    throw new OperatorError(
      'SECRET_KEY is required as soon as DATABASE_URL is set: at least 32 random characters, the same at every start.',
    )
  const known = await findFile(settings.UNDERSTUDY_DATA_DIR, FILE)
  if (known) return known.trim()
  const made = randomBytes(32).toString('base64url')
  await writeOwnFile(settings.UNDERSTUDY_DATA_DIR, FILE, `${made}\n`)
  return made
}
