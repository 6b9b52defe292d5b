import { readFileSync } from 'node:fs'
import { onConnection } from './postgres.ts'

/** Computing time used so far, in microseconds; undefined where the system does not tell. */
export type CpuClock = () => number | undefined

/** The kernel counts in hundredths of a second towards programs, whatever it counts in itself. */
const TICK_US = 10_000

/** Fields of `/proc/<pid>/stat`, counted from the state, which follows the name in its brackets. */
const FIELDS = { parent: 1, user: 11, system: 12, endedUser: 13, endedSystem: 14 }

const statOf = (pid: number): string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

const used = (stat: string[], ...fields: number[]): number =>
  fields.reduce((sum, field) => sum + Number(stat[field]), 0) * TICK_US

const orNothing = <T>(read: () => T): T | undefined => {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** What one process uses. */
export const cpuOfProcess =
  (pid: number): CpuClock =>
  () =>
    orNothing(() => used(statOf(pid), FIELDS.user, FIELDS.system))

/** What the benchmark itself uses. */
export const cpuOfMyself: CpuClock = () => {
  const { user, system } = process.cpuUsage()
  return user + system
}

/** What a PostgreSQL on this machine uses: all its processes, those included that have ended. */
export const cpuOfPostgres = async (url: string): Promise<CpuClock> => {
  const postmaster = await onConnection(url, async (client) => {
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
    return orNothing(() => parentOf(rows[0]?.pid ?? 0))
  })
  return () =>
    postmaster === undefined
      ? undefined
      : orNothing(() => {
          const mine = used(statOf(postmaster), FIELDS.user, FIELDS.system, FIELDS.endedUser, FIELDS.endedSystem)
          const children = readFileSync(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8').trim().split(' ')
          // One that ends just now is counted with the parent next time.
          const theirs = children.map(
            (pid) => orNothing(() => used(statOf(Number(pid)), FIELDS.user, FIELDS.system)) ?? 0,
          )
          return theirs.reduce((sum, one) => sum + one, mine)
        })
}

/** Elsewhere the same number is some other program's. @throws when it is not a session of PostgreSQL */
const parentOf = (session: number): number => {
  if (!readFileSync(`/proc/${session}/cmdline`, 'utf8').startsWith('postgres')) throw new Error('not of this machine')
  return Number(statOf(session)[FIELDS.parent])
}
