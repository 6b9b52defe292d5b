import { contract, type Operations } from '@understudy/contract'
import { newUuid } from '@understudy/core'
import { beforeAll, expect, test } from 'vitest'
import { startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
beforeAll(async () => {
  api = await startApi({ hasMetrics: true })
})

const metrics = async () => (await fetch(`${api.url}/metrics`)).text()

test('what is owed, the connections to the database and the process itself are told', async () => {
  const emulator = api.emulator()
  await emulator.call('POST', `/_understudy/emulator/${api.home.botId}/messages`, { userId: 'ann', text: 'Hello' })
  const text = await metrics()
  expect(text).toMatch(/^understudy_deliveries_queued 1$/m)
  expect(text).toMatch(/^understudy_deliveries_waiting 0$/m)
  expect(text).toMatch(/^understudy_oldest_due_delivery_age_seconds \d/m)
  expect(text).toMatch(/^understudy_database_connections_idle \d+$/m)
  expect(text).toMatch(/^understudy_database_connections_busy \d+$/m)
  expect(text).toMatch(/^understudy_database_waiting 0$/m)
  expect(text).toMatch(/^understudy_deployment_processes 0$/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m)
  expect(text).toMatch(/^process_resident_memory_bytes \d/m)
})

test('requests are counted by operation and status, and never by what stands in their paths', async () => {
  const bot = await api.bot()
  const ids = [newUuid(), newUuid()]
  for (const id of ids) await bot.call('GET', `/v1/chat/users/${id}`)
  await bot.call('POST', '/v1/chat/users', { tags: {} })
  await bot.call('GET', `/v1/nothing/${ids[0]}`)
  await fetch(`${api.url}/webhook/${ids[0]}/${ids[1]}`)
  // An answer is counted once it is sent, which its receiver may know sooner.
  await expect.poll(metrics).toContain('understudy_requests_total{operation="/webhook/:webhookId/*",status="404"} 1')
  const text = await metrics()
  expect(text).toContain('understudy_requests_total{operation="getUser",status="404"} 2')
  expect(text).toContain('understudy_requests_total{operation="createUser",status="201"} 1')
  expect(text).toContain('understudy_requests_total{operation="none",status="404"} 1')
  expect(text).toContain('understudy_request_duration_seconds_bucket{le="60",operation="getUser"} 2')
  const operations = Object.values(contract).flatMap((group: Operations) => Object.keys(group))
  const labels = [...text.matchAll(/operation="([^"]*)"/g)].map(([, label = '']) => label)
  expect(labels.filter((label) => !operations.includes(label) && label !== 'none' && !label.startsWith('/'))).toEqual(
    [],
  )
  for (const id of ids) expect(text).not.toContain(id)
})

test('a server that is not to show them has no such page', async () => {
  const { url } = await startApi()
  expect((await fetch(`${url}/metrics`)).status).toBe(404)
})
