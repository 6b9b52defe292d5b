import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { database } from '@understudy/testkit'
import { expect, onTestFinished, test } from 'vitest'
import type { Report } from './bench.ts'
import { casesOn } from './cases.ts'
import { closing } from './closing.ts'
import { openContest } from './contest.ts'
import { env } from './env.ts'
import { sizesFor } from './seed.ts'
import { setStage } from './stage.ts'

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url))

const run = (args: string[], databaseUrl = '') =>
  promisify(execFile)(process.execPath, [MAIN, ...args], {
    env: { PATH: env.path, BENCH_DATABASE_URL: databaseUrl },
  })

const directory = async (): Promise<string> => {
  const made = await mkdtemp(join(tmpdir(), 'understudy-bench-test-'))
  onTestFinished(() => rm(made, { recursive: true }))
  return made
}

test('the command tells what every contender did, what growth costs, and which goals are met', async () => {
  const { url } = await database({ migrated: false })
  const file = join(await directory(), 'figures.json')
  const tiny = ['--rounds', '1', '--seconds', '0.1', '--rows', '1000', '--only', 'create-message,growth']
  const { stdout } = await run([...tiny, '--json', file], url)

  const report = JSON.parse(await readFile(file, 'utf8')) as Report
  const figures = { perSecond: expect.any(Number), p50Ms: expect.any(Number), p99Ms: expect.any(Number) }
  expect(report).toMatchObject({
    machine: { cpus: expect.any(Number), postgres: expect.any(String), settings: { fsync: expect.any(String) } },
    messages: { small: 100, large: 1000 },
    cases: [{ id: 'create-message', figures: { understudy: figures, bare: figures }, toBare: expect.any(Number) }],
    growth: Array.from({ length: 4 }, () => ({ smallP50Ms: expect.any(Number), largeP50Ms: expect.any(Number) })),
  })
  expect(report.goals.map(({ goal }) => goal)).toContain(
    'page of a list: p50 in the large database to the small one, worst depth',
  )
  for (const { met, measured } of report.goals) expect([typeof met, typeof measured]).toEqual(['boolean', 'number'])
  expect(stdout).toContain('| create message |')
}, 60_000)

test('the command tells how fast what is owed reaches the bots, and whether one that hangs is in the way', async () => {
  const { url } = await database({ migrated: false })
  const file = join(await directory(), 'figures.json')
  await run(['--rounds', '1', '--seconds', '0.1', '--only', 'deliveries', '--json', file], url)

  const { cases, growth, deliveries, goals } = JSON.parse(await readFile(file, 'utf8')) as Report
  const latency = { perSecond: expect.any(Number), p50Ms: expect.any(Number), p99Ms: expect.any(Number) }
  const throughput = { perSecond: expect.any(Number) }
  expect([cases, growth]).toEqual([[], []])
  expect(deliveries).toMatchObject({
    queue: expect.stringMatching(/^(Redis|PostgreSQL)$/),
    connections: expect.any(Number),
    cases: [
      { id: 'deliveries', figures: { understudy: throughput, bare: throughput }, toBare: expect.any(Number) },
      { id: 'deliveries-steady', figures: { understudy: latency } },
      { id: 'deliveries-beside', figures: { understudy: latency } },
      { id: 'deliveries-due-begun', figures: { understudy: latency } },
      { id: 'deliveries-due', figures: { understudy: latency } },
      { id: 'deliveries-sparse', figures: { understudy: latency } },
    ],
  })
  expect(goals.map(({ measured }) => typeof measured)).toEqual(['number', 'number'])
}, 90_000)

test('every case is one statement, which both servers answer', async () => {
  const { url } = await database({ migrated: false })
  const opened = closing()
  onTestFinished(opened.close)
  const stage = await setStage(url, sizesFor(500), opened)
  const { contests } = await openContest(stage, casesOn(stage.sizes), {
    directory: await directory(),
    profiles: undefined,
    closing: opened,
  })
  for (const { id, turns } of contests)
    for (const turn of [turns.understudy, turns.bare]) expect((await turn?.(0.05))?.perSecond, id).toBeGreaterThan(0)
}, 60_000)

test.each([
  [['--rounds', 'many'], '--rounds is "many" and must be a number above 0.'],
  [['--only', 'nothing'], '"nothing" is no case: there are '],
  [['--slow'], "Unknown option '--slow'"],
])('%j is refused in one sentence', async (args, sentence) => {
  await expect(run(args)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining(sentence) })
})
