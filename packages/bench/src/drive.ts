import autocannon from 'autocannon'
import { percentiles } from './measure.ts'
import type { HttpRequest } from './request.ts'

/** What came of a turn. */
export type Load = { requests: number; perSecond: number; p50Ms: number; p99Ms: number }

/** How often autocannon looks whether it was told to stop. */
const LOOK_MS = 5

/** A server that answers nothing is given up after this. */
const PATIENCE_S = 60

/**
 * Sends the requests over and over, each connection its share of them, one after the other; for so long, and until there
 * were as many answers as connections.
 * @throws when an answer is not a 2xx, or a connection breaks
 */
export const drive = async (
  url: string,
  requests: HttpRequest[],
  { connections, seconds }: { connections: number; seconds: number },
): Promise<Load> => {
  const shares = Array.from({ length: connections }, (_, k) => requests.filter((__, n) => n % connections === k))
  const latencies: number[] = []
  let [next, started, ended, refused] = [0, 0, 0, 0]
  const errors = await new Promise<number>((done, failed) => {
    const instance = autocannon(
      {
        url,
        connections,
        duration: seconds + PATIENCE_S,
        sampleInt: LOOK_MS,
        setupClient: (client) => {
          const share = shares[next++ % connections] ?? []
          client.setRequests((share.length > 0 ? share : requests).map((request) => ({ ...request })))
        },
      },
      (error: Error | null, result) => (error ? failed(error) : done(result.errors)),
    )
    instance.on('start', () => {
      started = performance.now()
    })
    instance.on('response', (_client, status, _bytes, ms) => {
      if (ended) return
      latencies.push(ms)
      if (status >= 300) refused = status
      const now = performance.now()
      if (now - started < seconds * 1000 || latencies.length < connections) return
      ended = now
      instance.stop()
    })
  })
  const [first] = requests
  if (refused) throw new Error(`${first?.method} ${url}${first?.path} was answered with ${refused}.`)
  if (errors > 0 || !ended) throw new Error(`${first?.method} ${url}${first?.path} failed ${errors} times.`)
  return {
    requests: latencies.length,
    perSecond: latencies.length / ((ended - started) / 1000),
    ...percentiles(latencies),
  }
}
