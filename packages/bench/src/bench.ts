import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { OperatorError } from '@understudy/core'
import { type Case, casesOn } from './cases.ts'
import type { Closing } from './closing.ts'
import { openContest } from './contest.ts'
import { type DeliveryMeans, openDeliveries } from './deliveries/open-deliveries.ts'
import { type Goal, goalsOf } from './goals.ts'
import { type Growth, runGrowth } from './growth.ts'
import type { Options } from './options.ts'
import { onConnection, openPostgres } from './postgres.ts'
import { type Outcome, runRounds } from './rounds.ts'
import { type Sizes, sizesFor } from './seed.ts'
import { type Place, startApi } from './server.ts'
import { setStage } from './stage.ts'

/** Everything that was found out, as `--json` writes it. */
export type Report = {
  machine: { cpus: number; model: string; node: string; postgres: string; settings: Record<string, string> }
  rounds: number
  seconds: number
  messages: { small: number; large: number }
  cases: Outcome[]
  growth: Growth[]
  /** undefined when they were not asked for */
  deliveries: (DeliveryMeans & { cases: Outcome[] }) | undefined
  goals: Goal[]
}

const GROWTH = 'growth'
const DELIVERIES = 'deliveries'

type Tell = (line: string) => void
type Run = { server: string; options: Options; place: Omit<Place, 'databaseUrl'>; tell: Tell }

/** Measures what was asked for. Whatever it opens, `closing` closes. @throws OperatorError for a case there is not */
export const runBench = async (options: Options, closing: Closing, tell: Tell): Promise<Report> => {
  const [large, small] = [sizesFor(options.rows), sizesFor(Math.max(100, Math.round(options.rows / 100)))]
  const cases = chosen(casesOn(large), options.only)
  const isAsked = (id: string): boolean => options.only?.includes(id) ?? true
  const directory = mkdtempSync(join(tmpdir(), 'understudy-bench-run-'))
  const place = { directory, profiles: options.profiles, closing }
  closing.add(() => rmSync(directory, { recursive: true, force: true }))
  const postgres = await openPostgres(closing)
  const run = { server: postgres.url, options, place, tell }
  const { outcomes, growth } =
    cases.length > 0 || isAsked(GROWTH)
      ? await compare(run, cases, { large, ...(isAsked(GROWTH) ? { small } : {}) })
      : { outcomes: [], growth: [] }
  const deliveries = isAsked(DELIVERIES) ? await deliver(run) : undefined
  return {
    machine: await machine(postgres.url),
    rounds: options.rounds,
    seconds: options.seconds,
    messages: { small: small.messages, large: large.messages },
    cases: outcomes,
    growth,
    deliveries,
    goals: goalsOf([...outcomes, ...(deliveries?.cases ?? [])], growth),
  }
}

/** The cases against the others, on the large database; what growth costs, where there is to be a small one too. */
const compare = async (
  { server, options, place, tell }: Run,
  cases: Case[],
  { large, small }: { large: Sizes; small?: Sizes },
): Promise<{ outcomes: Outcome[]; growth: Growth[] }> => {
  tell(`filling a database with ${large.messages} messages`)
  const stage = await setStage(server, large, place.closing)
  const { contests, api } = await openContest(stage, cases, place)
  let growth: Growth[] = []
  if (small) {
    tell(`filling a database with ${small.messages} messages`)
    const smallStage = await setStage(server, small, place.closing)
    const smallApi = await startApi({ ...place, databaseUrl: smallStage.databaseUrl })
    const sides = { small: { stage: smallStage, api: smallApi }, large: { stage, api } }
    growth = await runGrowth(sides, options, tell)
  }
  return { outcomes: await runRounds(contests, options, tell), growth }
}

/** Messages that were delivered before: on a server that has never delivered, PostgreSQL does not know yet what is large. */
const DELIVERED_BEFORE = 10_000

const deliver = async ({ server, options, place, tell }: Run): Promise<Report['deliveries']> => {
  tell('making bots to deliver to')
  const stage = await setStage(server, sizesFor(Math.min(DELIVERED_BEFORE, options.rows)), place.closing)
  const { contests, means } = await openDeliveries(stage, place)
  return { ...means, cases: await runRounds(contests, options, tell) }
}

const chosen = <One extends { id: string }>(cases: One[], only: string[] | undefined): One[] => {
  const known = [...cases.map(({ id }) => id), GROWTH, DELIVERIES]
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
