import type { CpuClock } from './cpu.ts'

/** What a contender did in a turn; figures that were not taken are missing. */
export type Figures = {
  perSecond: number
  p50Ms?: number
  p99Ms?: number
  /** computing time per request, in microseconds */
  serverCpuUs?: number
  databaseCpuUs?: number
  redisCpuUs?: number
}

/** Works for so long. */
export type Turn = (seconds: number) => Promise<Figures>

/** @param started to be called when what comes before was only preparation, whose costs do not count */
type Work = (seconds: number, started: () => void) => Promise<Figures & { requests: number }>

type Clocks = { server?: CpuClock | undefined; database: CpuClock; redis?: CpuClock | undefined }

/** Adds to what work tells of itself what it costs per request. */
export const withCosts =
  (work: Work, clocks: Clocks): Turn =>
  async (seconds) => {
    const read = () => ({ server: clocks.server?.(), database: clocks.database(), redis: clocks.redis?.() })
    let before = read()
    const { requests, ...figures } = await work(seconds, () => {
      before = read()
    })
    const after = read()
    return {
      ...figures,
      ...cost('serverCpuUs', before.server, after.server, requests),
      ...cost('databaseCpuUs', before.database, after.database, requests),
      ...cost('redisCpuUs', before.redis, after.redis, requests),
    }
  }

const cost = (name: string, before: number | undefined, after: number | undefined, requests: number): object =>
  before === undefined || after === undefined ? {} : { [name]: (after - before) / requests }

/** What half of them, and 99 in a hundred, do not exceed. */
export const percentiles = (latenciesMs: number[]): { p50Ms: number; p99Ms: number } => {
  const sorted = Float64Array.from(latenciesMs).toSorted()
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99) }
}

/** The middle one; undefined of nothing. */
export const median = (values: number[]): number | undefined => {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]]
  return low === undefined || high === undefined ? undefined : (low + high) / 2
}
