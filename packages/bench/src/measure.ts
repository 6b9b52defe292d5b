import type { CpuClock } from './cpu.ts'

/** What a contender did in a turn; figures that were not taken are missing. */
export type Figures = {
  perSecond: number
  p50Ms?: number
  p99Ms?: number
  /** computing time per request, in microseconds */
  serverCpuUs?: number
  databaseCpuUs?: number
}

/** Works for so long. */
export type Turn = (seconds: number) => Promise<Figures>

type Work = (seconds: number) => Promise<Figures & { requests: number }>

/** Adds to what work tells of itself what it costs per request. */
export const withCosts =
  (work: Work, clocks: { server?: CpuClock; database: CpuClock }): Turn =>
  async (seconds) => {
    const [server, database] = [clocks.server?.(), clocks.database()]
    const { requests, ...figures } = await work(seconds)
    return {
      ...figures,
      ...cost('serverCpuUs', server, clocks.server?.(), requests),
      ...cost('databaseCpuUs', database, clocks.database(), requests),
    }
  }

const cost = (name: string, before: number | undefined, after: number | undefined, requests: number): object =>
  before === undefined || after === undefined ? {} : { [name]: (after - before) / requests }

/** The middle one; undefined of nothing. */
export const median = (values: number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
