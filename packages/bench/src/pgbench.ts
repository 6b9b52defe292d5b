import { execFile, spawnSync } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { CONNECTIONS } from './cases.ts'
import { env } from './env.ts'
import { seededIdSql } from './seed.ts'
import type { Recorded, Source } from './statement.ts'

const INSTALLED = '/usr/lib/postgresql'

/** The program, from the PATH or where Debian puts it; undefined where there is none. */
export const findPgbench = (): string | undefined => [...installed(), 'pgbench'].findLast(runs)

const installed = (): string[] => {
  try {
    return readdirSync(INSTALLED).map((version) => join(INSTALLED, version, 'bin/pgbench'))
  } catch {
    return []
  }
}

const runs = (program: string): boolean => spawnSync(program, ['--version']).status === 0

/**
 * The statement as a script of pgbench: what varies is computed from `:n`, drawn anew each time; ids are never used twice
 * and grow, as ours do.
 */
export const toScript = ({ statement, sources }: Recorded, varies: Record<string, string>, variety: number): string => {
  const text = statement.text.replaceAll(/\$(\d+)/g, (_, number: string) => {
    const source = sources[Number(number) - 1]
    if (!source) throw new Error(`${statement.name} has no value $${number}.`)
    return `(${toSql(source, varies)})`
  })
  return `\\set n random(1, ${variety})\n\\set last :last + ${CONNECTIONS}\n\\set fresh :last + :client_id\n${text.trim()};\n`
}

const toSql = (source: Source, varies: Record<string, string>): string => {
  switch (source.kind) {
    case 'now':
      return `date_trunc('milliseconds', clock_timestamp())`
    case 'fresh':
      return seededIdSql(source.prefix, ':fresh')
    case 'given':
      return varies[source.path] ?? literal(source.value)
    case 'constant':
      return literal(source.value)
  }
}

/** A colon in a text would start one of pgbench's variables. */
const literal = (value: unknown): string => {
  if (typeof value === 'string')
    return `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`pgbench has no way to write ${JSON.stringify(value)}.`)
}

export type PgbenchRun = { requests: number; perSecond: number }

const PATIENCE_S = 30

/** Runs a script on as many connections as the others have, in sessions like those of the api. @throws when it fails */
export const runPgbench = async (
  program: string,
  {
    databaseUrl,
    script,
    directory,
    seconds,
  }: { databaseUrl: string; script: string; directory: string; seconds: number },
): Promise<PgbenchRun> => {
  const file = join(directory, 'script.sql')
  writeFileSync(file, script)
  // It takes whole seconds only.
  const duration = String(Math.max(1, Math.round(seconds)))
  const options = ['--no-vacuum', '--protocol=prepared', `--client=${CONNECTIONS}`, '--jobs=2', `--time=${duration}`]
  const last = `--define=last=${Date.now() * 1_000_000}`
  const { stdout, stderr } = await promisify(execFile)(program, [...options, last, `--file=${file}`], {
    env: { PATH: env.path, ...connection(databaseUrl) },
  })
  const [, requests] = /transactions actually processed: (\d+)/.exec(stdout) ?? []
  const [, perSecond] = /^tps = ([\d.]+)/m.exec(stdout) ?? []
  // Where the machine is so busy that connecting took the whole time, it is worth some more.
  if (requests === '0' && seconds < PATIENCE_S)
    return runPgbench(program, { databaseUrl, script, directory, seconds: Math.max(1, seconds) * 4 })
  if (!requests || !perSecond || /ERROR/.test(stderr)) throw new Error(`pgbench failed: ${stderr}${stdout}`)
  return { requests: Number(requests), perSecond: Number(perSecond) }
}

/** In the environment, where a password is not shown to everybody on the machine. */
const connection = (databaseUrl: string): Record<string, string> => {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  return {
    PGHOST: decodeURIComponent(hostname),
    PGPORT: port || '5432',
    PGUSER: decodeURIComponent(username),
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: decodeURIComponent(pathname.slice(1)),
    PGOPTIONS: '-c timezone=UTC -c plan_cache_mode=force_generic_plan',
  }
}
