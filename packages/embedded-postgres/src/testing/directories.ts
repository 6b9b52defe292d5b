import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** A directory name that is free, where everyone may enter; removed with everything in it when the test is over. */
export const newDirectory = (): string => {
  const parent = mkdtempSync(path.join(tmpdir(), 'understudy-postgres-'))
  chmodSync(parent, 0o755)
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }))
  return path.join(parent, 'home')
}
