import { chmodSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { temporaryDirectory } from '../env.ts'

/** A directory that is nobody else's. */
export const newDirectory = (purpose: string): string => {
  const directory = mkdtempSync(join(temporaryDirectory(), `understudy-${purpose}-`))
  // Where root runs this, PostgreSQL runs as somebody else, who has to pass.
  if (process.getuid?.() === 0) chmodSync(directory, 0o711)
  return directory
}
