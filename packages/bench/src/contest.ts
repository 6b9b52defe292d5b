import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BareCase } from './bare/main.ts'
import { type Case, CONNECTIONS, varietyOf } from './cases.ts'
import { cpuOfPostgres, cpuOfProcess } from './cpu.ts'
import { drive } from './drive.ts'
import { type Turn, withCosts } from './measure.ts'
import { findPgbench, runPgbench, toScript } from './pgbench.ts'
import { toRequest } from './request.ts'
import { type Place, type Server, startApi, startBare } from './server.ts'
import type { Stage } from './stage.ts'
import { type Recorded, record } from './statement.ts'

/** Who is compared: our api, a hand-written server, and the database without any. */
export type Contender = 'understudy' | 'bare' | 'pgbench'

/** What is measured, and those who take turns in it. */
export type Contest = Pick<Case, 'id' | 'title'> & { turns: Partial<Record<Contender, Turn>> }

/** Starts both servers on the stage. pgbench takes part where it is installed. */
export const openContest = async (
  stage: Stage,
  cases: Case[],
  place: Omit<Place, 'databaseUrl'>,
): Promise<{ contests: Contest[]; api: Server }> => {
  const recorded = new Map<string, Recorded>()
  for (const one of cases) recorded.set(one.id, await record(stage.ctx, one.run, one.input(1)))
  const file = join(place.directory, 'bare.json')
  writeFileSync(
    file,
    JSON.stringify(cases.map(({ id, operationId }): BareCase => ({ id, operationId, ...of(recorded, id) }))),
  )
  const here = { ...place, databaseUrl: stage.databaseUrl }
  const [api, bare] = await Promise.all([startApi(here), startBare(here, file)])
  const pgbench = findPgbench()
  const database = await cpuOfPostgres(stage.databaseUrl)

  const overHttp = (one: Case, { url, pid }: Server, prefix: string): Turn => {
    const requests = Array.from({ length: varietyOf(stage.sizes) }, (_, n) => {
      const request = toRequest(one.operation, one.input(n + 1), stage.headers)
      return { ...request, path: `${prefix}${request.path}` }
    })
    return withCosts((seconds) => drive(url, requests, { connections: CONNECTIONS, seconds }), {
      server: cpuOfProcess(pid),
      database,
    })
  }
  const alone = (one: Case, program: string): Turn => {
    const script = toScript(of(recorded, one.id), one.varies, varietyOf(stage.sizes))
    const options = { databaseUrl: stage.databaseUrl, directory: place.directory, script }
    return withCosts((seconds) => runPgbench(program, { ...options, seconds }), { database })
  }
  const contests = cases.map((one) => ({
    id: one.id,
    title: one.title,
    turns: {
      understudy: overHttp(one, api, ''),
      bare: overHttp(one, bare, `/${one.id}`),
      ...(pgbench ? { pgbench: alone(one, pgbench) } : {}),
    },
  }))
  return { contests, api }
}

const of = (recorded: Map<string, Recorded>, id: string): Recorded => {
  const found = recorded.get(id)
  if (!found) throw new Error(`Nothing was recorded of ${id}.`)
  return found
}
