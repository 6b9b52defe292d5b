import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, readlink, rename, rm, stat, symlink, utimes } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import getPort from 'get-port'
import { readThrowAwayEnv } from '../env.ts'
import { start } from '../start.ts'
import { keepClean } from './janitor.ts'
import { newDirectory } from './new-directory.ts'

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url))
/** Goes with the installation it was made by. */
const SHELF = join(ROOT, 'node_modules/.cache/understudy')
/** What the data of a new server are made by. */
const MAKERS = ['prisma/migrations', 'packages/core/dist', 'packages/contract/dist', 'pnpm-workspace.yaml']
const LOOK_EVERY_MS = 100
const WAIT_MS = 180_000
const UNUSED_MS = 3_600_000

/**
 * Fills an empty directory with the data of a server that was started once. Starting one takes many seconds, a copy a
 * fraction of one: the first call makes the template, and those at the same time wait for it.
 */
export const fillFromTemplate = async (directory: string): Promise<void> => {
  const template = join(SHELF, `template-${await fingerprint()}`)
  if (!existsSync(template)) await makeOnce(template)
  await utimes(template, new Date(), new Date()).catch(() => {})
  await copy(`${template}/.`, directory)
}

/** Keeps owners, modes and links, which PostgreSQL insists on. */
const copy = (from: string, to: string) => promisify(execFile)('cp', ['-pR', from, to])

const fingerprint = async (): Promise<string> => {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch} ${process.getuid?.()}`)
  for (const maker of MAKERS) {
    const path = join(ROOT, maker)
    const names = (await stat(path)).isDirectory() ? await readdir(path, { recursive: true }) : ['']
    for (const name of names.filter((one) => /(^|\.js|\.sql)$/.test(one)).toSorted())
      hash.update(`${name}\0`).update(await readFile(join(path, name)).catch(() => ''))
  }
  return hash.digest('hex').slice(0, 16)
}

/** The lock only saves work: a template appears whole and under its name, whoever makes it. */
const makeOnce = async (template: string): Promise<void> => {
  await mkdir(SHELF, { recursive: true })
  const lock = `${template}.lock`
  for (const until = Date.now() + WAIT_MS; !(await take(lock)) && Date.now() < until; await pause(LOOK_EVERY_MS))
    if (existsSync(template)) return
  try {
    if (!existsSync(template)) await make(template)
  } finally {
    await rm(lock, { force: true })
  }
}

/** A link is made at once with what it says, which is the process that has the lock. */
const take = async (lock: string): Promise<boolean> => {
  try {
    await symlink(String(process.pid), lock)
    return true
  } catch {
    const holder = Number(await readlink(lock).catch(() => process.pid))
    if (!isAlive(holder)) await rm(lock, { force: true })
    return false
  }
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const make = async (template: string): Promise<void> => {
  console.error('Preparing the data of a new server, once…')
  const directory = newDirectory('template')
  const janitor = keepClean(directory)
  const draft = `${template}.${process.pid}`
  try {
    const settings = { HOST: '127.0.0.1', PORT: String(await getPort()), UNDERSTUDY_DATA_DIR: directory }
    const { close } = await start(readThrowAwayEnv({ ...settings, LOG_LEVEL: 'error' }), () => {}, { durable: false })
    await close()
    await copy(directory, draft)
    await rename(draft, template).catch((error: unknown) => {
      // Somebody else has made the same.
      if (!existsSync(template)) throw error
    })
    await clearUnused(template)
  } finally {
    await rm(draft, { recursive: true, force: true })
    await rm(directory, { recursive: true, force: true })
    janitor.dismiss()
  }
}

/** Those of earlier builds, unless somebody is copying them. */
const clearUnused = async (template: string): Promise<void> => {
  for (const name of await readdir(SHELF)) {
    const path = join(SHELF, name)
    const found = await stat(path).catch(() => {})
    if (path !== template && found && Date.now() - found.mtimeMs > UNUSED_MS)
      await rm(path, { recursive: true, force: true })
  }
}
