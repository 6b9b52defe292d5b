import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { OperatorError } from '@understudy/core'
import type { Settings } from './env.ts'

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
  const file = join(settings.UNDERSTUDY_DATA_DIR, 'secret.key')
  const known = await readFile(file, 'utf8').catch(() => undefined)
  if (known) return known.trim()
  const made = randomBytes(32).toString('base64url')
  await mkdir(settings.UNDERSTUDY_DATA_DIR, { recursive: true })
  await writeFile(file, `${made}\n`, { mode: 0o600 })
  return made
}
