import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperatorError } from '@understudy/core'
import { casesOn } from './cases.ts'
import type { Closing } from './closing.ts'
import { openContest } from './contest.ts'
import { type Goal, goalsOf } from './goals.ts'
import { type Growth, runGrowth } from './growth.ts'
import type { Options } from './options.ts'
import { onConnection, openPostgres } from './postgres.ts'
import { type Outcome, runRounds } from './rounds.ts'
import { sizesFor } from './seed.ts'
import { startApi } from './server.ts'
import { setStage } from './stage.ts'

/** Everything that was found out, as `--json` writes it. */
export type Report = {
  machine: { cpus: number; model: string; node: string; postgres: string; settings: Record<string, string> }
  rounds: number
  seconds: number
  messages: { small: number; large: number }
  cases: Outcome[]
  growth: Growth[]
  goals: Goal[]
}

export const GROWTH = 'growth'

/** Measures what was asked for. Whatever it opens, `closing` closes. @throws OperatorError for a case there is not */
export const runBench = async (options: Options, closing: Closing, tell: (line: string) => void): Promise<Report> => {
  const [large, small] = [sizesFor(options.rows), sizesFor(Math.max(100, Math.round(options.rows / 100)))]
  const cases = chosen(casesOn(large), options.only)
  const directory = mkdtempSync(join(tmpdir(), 'understudy-bench-run-'))
  const place = { directory, profiles: options.profiles, closing }
  closing.add(() => rmSync(directory, { recursive: true, force: true }))
  const postgres = await openPostgres(closing)
  tell(`filling a database with ${large.messages} messages`)
  const stage = await setStage(postgres.url, large, closing)
  const { contests, api } = await openContest(stage, cases, place)
  let growth: Growth[] = []
  if (options.only?.includes(GROWTH) ?? true) {
    tell(`filling a database with ${small.messages} messages`)
    const smallStage = await setStage(postgres.url, small, closing)
    const smallApi = await startApi({ ...place, databaseUrl: smallStage.databaseUrl })
    const sides = { small: { stage: smallStage, api: smallApi }, large: { stage, api } }
    growth = await runGrowth(sides, options, tell)
  }
  const outcomes = await runRounds(contests, options, tell)
  return {
    machine: await machine(postgres.url),
    rounds: options.rounds,
    seconds: options.seconds,
    messages: { small: small.messages, large: large.messages },
    cases: outcomes,
    growth,
    goals: goalsOf(outcomes, growth),
  }
}

const chosen = <One extends { id: string }>(cases: One[], only: string[] | undefined): One[] => {
  const known = [...cases.map(({ id }) => id), GROWTH]
  const stranger = only?.find((id) => !known.includes(id))
  if (stranger !== undefined) throw new OperatorError(`"${stranger}" is no case: there are ${known.join(', ')}.`)
  return cases.filter(({ id }) => only?.includes(id) ?? true)
}

/** Whatever makes the figures differ from those of another machine. */
const machine = (url: string): Promise<Report['machine']> =>
  onConnection(url, async (client) => {
    const { rows } = await client.query<{ name: string; setting: string }>(
      'select name, current_setting(name) as setting from unnest($1::text[]) as name',
      [['server_version', 'fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers']],
    )
    const { server_version: postgres = '', ...settings } = Object.fromEntries(
      rows.map(({ name, setting }) => [name, setting]),
    )
    const [first] = cpus()
    return { cpus: cpus().length, model: first?.model ?? '', node: process.versions.node, postgres, settings }
  })
