import { missingMigrations } from '@understudy/db'
import { fresh } from '../callers/index.ts'
import type { PlatformContext } from '../context.ts'
import { inTime } from './in-time.ts'

/** Looks at one thing a process needs. @returns what is wrong with it; undefined: nothing. @throws when it is away */
export type Check = () => Promise<string | undefined>

/** `checks` says `ok` of each, or what is wrong. */
export type Report = { status: 'ready' | 'not ready'; checks: Record<string, string> }

/** Whether a process should be given work. */
export type Readiness = {
  report: () => Promise<Report>
  /** From now on it should not: it is about to stop. */
  drain: () => void
}

const OK = 'ok'

/** However often it is asked: a look costs a few round trips, and anybody may ask. */
const MAX_AGE_MS = 500
const PATIENCE_MS = 2_000

/** @param checks by the name of what they look at, beside those of the database */
export const watchReadiness = (
  { db }: Pick<PlatformContext, 'db'>,
  checks: Readonly<Record<string, Check>> = {},
): Readiness => {
  const all = Object.entries({ database: reach(db), migrations: areApplied(db), ...checks })
  const look = async (): Promise<Record<string, string>> =>
    Object.fromEntries(await Promise.all(all.map(async ([name, check]) => [name, await said(check)])))
  const looked = fresh(look, MAX_AGE_MS)
  let isDraining = false
  return {
    drain: () => {
      isDraining = true
    },
    report: async () => {
      const found = { ...(await looked.get('')), process: isDraining ? 'is stopping' : OK }
      return { status: Object.values(found).every((one) => one === OK) ? 'ready' : 'not ready', checks: found }
    },
  }
}

/** Why exactly something is away is for the log: anybody may ask here. */
const said = async (check: Check): Promise<string> =>
  inTime(check(), PATIENCE_MS).then(
    (wrong) => wrong ?? OK,
    () => 'no answer',
  )

const reach =
  (db: PlatformContext['db']): Check =>
  async () => {
    await db.rows({ name: 'health.ready', text: 'select 1' }, [])
    return undefined
  }

const areApplied =
  (db: PlatformContext['db']): Check =>
  async () => {
    const missing = await missingMigrations(db)
    return missing.length === 0 ? undefined : `missing, run \`migrate\`: ${missing.join(', ')}`
  }
