// What it costs to run deployed code: `node packages/bench/dist/deployments/main.js`. Needs no database.
import { createRuntime, openDeployments } from '@understudy/runtime'

const COLD = 20
const WARM = 2_000
const IDLE = 10

const CODE = Buffer.from('exports.handler = async () => ({ body: String(process.memoryUsage.rss()) })')

const deployments = openDeployments({ load: async () => ({ code: CODE, environment: {} }), said: () => {} })
const runtime = createRuntime({ allowPrivateHosts: false, deployments })
const call = async (id: string) => {
  const startedAt = performance.now()
  const deployment = { kind: 'bot', id, version: '1' } as const
  const { body } = await runtime.call({ url: '', deployment, headers: {}, body: '{}', timeoutMs: 60_000 })
  return { durationMs: performance.now() - startedAt, residentMb: Number(body) / 2 ** 20 }
}
const median = (numbers: number[]): string => (numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0).toFixed(2)

const cold = []
for (let count = 0; count < COLD; count++) cold.push((await call(`cold-${count}`)).durationMs)
const warm = []
for (let count = 0; count < WARM; count++) warm.push((await call('cold-0')).durationMs)
const idle = []
for (let count = 0; count < IDLE; count++) idle.push((await call(`cold-${count}`)).residentMb)

console.log(`first call of a small bundle, p50: ${median(cold)} ms`)
console.log(`call of one that runs, p50: ${median(warm)} ms`)
console.log(`memory of one that is idle, p50: ${median(idle)} MB`)
await runtime.close()
await deployments.close()
