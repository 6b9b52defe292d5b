import { createIntegration } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
let developer: Caller
const paths: Record<string, string> = {}

beforeAll(async () => {
  api = await startApi()
  developer = await api.account('developer')
  const { id } = await createIntegration(await api.owner(), { name: 'signed', version: '1.0.0' })
  Object.assign(paths, { bot: `/v1/admin/bots/${api.home.botId}`, integration: `/v1/admin/integrations/${id}` })
})

describe.each(['bot', 'integration'])('the signing secret of a %s', (noun) => {
  const secret = async () => {
    const { body } = await developer.call('GET', String(paths[noun]))
    return (body[noun] as { signingSecret: string }).signingSecret
  }
  const rotate = async () => {
    const { status, body } = await developer.call('POST', `${paths[noun]}/signing-secrets/rotate`)
    expect(status, JSON.stringify(body)).toBe(200)
    return body['newSigningSecret']
  }

  test('gives way to a new one, which is answered and shown from then on', async () => {
    const old = await secret()
    const rotated = await rotate()
    expect(rotated).toMatch(/^[0-9a-f]{64}$/)
    expect(rotated).not.toBe(old)
    expect(await secret()).toBe(rotated)
  })

  test('is the last one made, when many are made at once', async () => {
    const made = await Promise.all(Array.from({ length: 10 }, rotate))
    expect(new Set(made).size).toBe(made.length)
    expect(made).toContain(await secret())
  })
})

test('who gave a bot a new one can be told', async () => {
  await developer.call('POST', `${paths['bot']}/signing-secrets/rotate`)
  const owner = await api.account('owner')
  const { body } = await owner.call('GET', `/v1/admin/workspaces/${api.home.workspaceId}/audit-records`)
  expect((body['records'] as object[])[0]).toMatchObject({
    action: 'UPDATE_BOT',
    resourceId: api.home.botId,
    value: 'signingSecret',
  })
})
