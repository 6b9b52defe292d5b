import type { Bot, Installation } from '@understudy/contract'
import { createIntegration, newUuid, updateIntegration } from '@understudy/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Caller, startApi } from '../testing/start-api.ts'

let api: Awaited<ReturnType<typeof startApi>>
/** Names installations by alias, as clients that know of aliases do. */
let owner: Caller
/** Names them by the version's id, as older clients do. */
let older: Caller

const volume = { type: 'object', properties: { volume: { type: 'number' } }, required: ['volume'] }

beforeAll(async () => {
  api = await startApi()
  older = await api.account('owner')
  owner = await api.account('owner', { 'x-multiple-integrations': 'true' })
})

let count = 0
const publish = async (properties: object = {}) => {
  const { id, name } = await createIntegration(await api.owner(), {
    name: `parrot${++count}`,
    version: '1.0.0',
    user: { tags: { id: {} } },
    channels: { room: { messages: {} } },
    ...properties,
  })
  return { id, name }
}
const make = async (input: object = {}) => ((await owner.call('POST', '/v1/admin/bots', input)).body['bot'] as Bot).id
const put = (botId: string, integrations: object, caller = owner) =>
  caller.call('PUT', `/v1/admin/bots/${botId}`, { integrations })
const installed = ({ status, body }: Answer): Record<string, Installation> => {
  expect(status, JSON.stringify(body)).toBe(200)
  return (body['bot'] as Bot).integrations
}
const only = (answer: Answer): Installation => {
  const [one, ...more] = Object.values(installed(answer))
  if (!one || more.length > 0) throw new Error(`Expected one installation: ${JSON.stringify(answer.body)}`)
  return one
}
const expectRefusal = ({ status, body }: Answer, code: number, type: string, message: RegExp) => {
  expect(body).toMatchObject({ type, message: expect.stringMatching(message) })
  expect(status).toBe(code)
}

describe('an alias', () => {
  test('is the name of the integration where only an id is given', async () => {
    const [bot, { id, name }] = [await make(), await publish()]
    await put(bot, { [id]: { enabled: true } }, older)
    expect(Object.keys(installed(await owner.call('GET', `/v1/admin/bots/${bot}`)))).toEqual([name])
  })

  test('is not asked for by an empty header, and a header that makes no sense is refused', async () => {
    const [bot, { id }] = [await make(), await publish()]
    await put(bot, { [id]: { enabled: true } }, older)
    const empty = await api.account('owner', { 'x-multiple-integrations': '' })
    expect(Object.keys(installed(await empty.call('GET', `/v1/admin/bots/${bot}`)))).toEqual([id])
    const junk = await api.account('owner', { 'x-multiple-integrations': 'banana' })
    const answer = await junk.call('GET', `/v1/admin/bots/${bot}`)
    expectRefusal(answer, 400, 'InvalidPayload', /^x-multiple-integrations/)
  })

  test('tells two installations of one integration apart, each with a configuration and a webhook of its own', async () => {
    const [bot, { id }] = [await make(), await publish({ configuration: { schema: volume } })]
    const { left, right } = installed(
      await put(bot, {
        left: { integrationId: id, enabled: true, configuration: { volume: 1 } },
        right: { integrationId: id, enabled: true, configuration: { volume: 2 } },
      }),
    )
    expect([left?.configuration, right?.configuration]).toEqual([{ volume: 1 }, { volume: 2 }])
    expect(left?.webhookId).not.toBe(right?.webhookId)
  })

  test.each(['a:b', 'a#b', 'a b', 'x'.repeat(201)])('cannot be "%s"', async (alias) => {
    const [bot, { id }] = [await make(), await publish()]
    expectRefusal(await put(bot, { [alias]: { integrationId: id } }), 400, 'InvalidIdentifier', /alias/)
  })
})

describe('an installation', () => {
  test('takes a configuration that matches the schema of its type, whole', async () => {
    const [bot, { id }] = [
      await make(),
      await publish({
        configuration: { schema: volume },
        configurations: { loud: { schema: { type: 'object', required: ['siren'] } } },
      }),
    ]
    const polly = { integrationId: id, enabled: true }
    expectRefusal(
      await put(bot, { polly: { ...polly, configuration: {} } }),
      400,
      'InvalidDataFormat',
      /^integrations\.polly\.configuration.*volume/,
    )
    expectRefusal(await put(bot, { polly }), 400, 'InvalidDataFormat', /volume/)
    expect(only(await put(bot, { polly: { integrationId: id } })).enabled).toBe(false)
    expectRefusal(await put(bot, { polly: { enabled: true } }), 400, 'InvalidDataFormat', /volume/)
    await put(bot, { polly: { enabled: true, configuration: { volume: 3, extra: 1 } } })
    expect(only(await put(bot, { polly: { configuration: { volume: 4 } } })).configuration).toEqual({ volume: 4 })
    const loud = { configurationType: 'loud', configuration: { siren: true } }
    expect(only(await put(bot, { polly: loud }))).toMatchObject(loud)
    expectRefusal(await put(bot, { polly: { configurationType: null } }), 400, 'InvalidDataFormat', /volume/)
  })

  test.each(['nothing', 'constructor', '__lookupGetter__'])(
    'has no configuration called %s',
    async (configurationType) => {
      const [bot, { id }] = [await make(), await publish({ configurations: { loud: {} } })]
      const polly = { integrationId: id, configurationType, configuration: {} }
      expectRefusal(await put(bot, { polly }), 400, 'InvalidPayload', /^integrations\.polly\.configurationType.*loud/)
    },
  )

  test('can keep channels of the integration silent, and only those it has', async () => {
    const [bot, { id }] = [await make(), await publish()]
    const polly = { integrationId: id, disabledChannels: ['room'] }
    expect(only(await put(bot, { polly })).disabledChannels).toEqual(['room'])
    expect(only(await put(bot, { polly: { enabled: true } })).disabledChannels).toEqual(['room'])
    expectRefusal(await put(bot, { polly: { disabledChannels: ['attic'] } }), 400, 'InvalidPayload', /attic/)
  })

  test('is one of at most thirty', async () => {
    const [bot, { id }] = [await make(), await publish()]
    const many = Array.from({ length: 31 }, (_, n) => [`polly${n}`, { integrationId: id }])
    expectRefusal(await put(bot, Object.fromEntries(many)), 413, 'LimitExceeded', /installedIntegrations/)
    expect(installed(await put(bot, Object.fromEntries(many.slice(1))))).toHaveProperty('polly30')
  })
})

describe('what may be installed', () => {
  test('is what the workspace has, and what others show to everybody', async () => {
    const { ctx } = await api.neighbour()
    const theirs = async (name: string, properties: object) =>
      (await createIntegration(ctx, { name, version: '1.0.0', ...properties })).id
    const bot = await make()
    for (const visibility of ['public', 'unlisted'])
      expect(
        (await put(bot, { [visibility]: { integrationId: await theirs(visibility, { visibility }) } })).status,
      ).toBe(200)
    const hidden = await theirs('hidden', {})
    expectRefusal(
      await put(bot, { hidden: { integrationId: hidden } }),
      400,
      'ReferenceNotFound',
      /^integrations\.hidden\.integrationId/,
    )
    expectRefusal(await put(bot, { [hidden]: {} }, older), 400, 'ReferenceNotFound', /not found/)
    const laptop = await theirs('laptop', { visibility: 'public', dev: true, url: 'http://127.0.0.1:1' })
    expectRefusal(await put(await make({ dev: true }), { x: { integrationId: laptop } }), 400, 'ReferenceNotFound', /x/)
  })

  test('cannot be hidden by its owner while the bot has it, and is not found afterwards', async () => {
    const { ctx } = await api.neighbour()
    const { id } = await createIntegration(ctx, { name: 'shy', version: '1.0.0', visibility: 'public' })
    const bot = await make()
    await put(bot, { shy: { integrationId: id, enabled: true } })
    await expect(updateIntegration(ctx, id, { visibility: 'private' })).rejects.toMatchObject({
      type: 'BreakingChanges',
    })
    await put(bot, { shy: null })
    await updateIntegration(ctx, id, { visibility: 'private' })
    expectRefusal(await put(await make(), { shy: { integrationId: id } }), 400, 'ReferenceNotFound', /shy/)
  })

  test('is a development integration only in a development bot', async () => {
    const { id } = await publish({ dev: true, url: 'http://127.0.0.1:8076' })
    expectRefusal(await put(await make(), { polly: { integrationId: id } }), 400, 'InvalidPayload', /development/)
    expect(only(await put(await make({ dev: true }), { polly: { integrationId: id } })).id).toBe(id)
  })

  test.each([['nobody has'], ['is no id']])('is not what %s', async (what) => {
    const integrationId = what === 'is no id' ? 'intver_x' : newUuid()
    expectRefusal(await put(await make(), { polly: { integrationId } }), 400, 'ReferenceNotFound', /integrationId/)
  })

  test('has to be named by whoever installs it', async () => {
    expectRefusal(await put(await make(), { polly: { enabled: true } }), 400, 'InvalidPayload', /integrationId/)
  })
})

describe('an upgrade', () => {
  const twoVersions = async () => {
    const { id: old, name } = await publish({ configuration: { schema: { type: 'object' } } })
    const { id: fresh } = await publish({ name, version: '2.0.0', configuration: { schema: volume } })
    return { name, old, fresh }
  }

  test('keeps installation, users and webhook; ids of earlier versions go on to name it', async () => {
    const [bot, { name, old, fresh }] = [await make(), await twoVersions()]
    const before = only(await put(bot, { [name]: { integrationId: old, enabled: true, configuration: { volume: 1 } } }))
    const asOld = await api.integration(old, bot)
    const { user } = (await asOld.call('POST', '/v1/chat/users', { tags: { id: 'ann' } })).body as { user: object }
    const after = only(await put(bot, { [name]: { integrationId: fresh } }))
    expect(after).toMatchObject({ id: fresh, version: '2.0.0', enabled: true, webhookId: before.webhookId })
    for (const version of [old, fresh]) {
      const caller = await api.integration(version, bot)
      const again = await caller.call('POST', '/v1/chat/users/get-or-create', { tags: { id: 'ann' } })
      expect(again.body['user']).toEqual(user)
    }
  })

  test('is refused while the configuration does not match the new version', async () => {
    const [bot, { name, old, fresh }] = [await make(), await twoVersions()]
    await put(bot, { [name]: { integrationId: old, enabled: true } })
    expectRefusal(await put(bot, { [name]: { integrationId: fresh } }), 400, 'InvalidDataFormat', /volume/)
    expect(only(await owner.call('GET', `/v1/admin/bots/${bot}`)).id).toBe(old)
  })

  test('by id is the new one and null under the old one, in either order', async () => {
    const [bot, { old, fresh }] = [await make(), await twoVersions()]
    const configuration = { volume: 1 }
    const { webhookId } = only(await put(bot, { [old]: { enabled: true, configuration } }, older))
    const up = only(await put(bot, { [fresh]: { enabled: true, configuration }, [old]: null }, older))
    expect(up).toMatchObject({ id: fresh, enabled: true, webhookId })
    const down = only(await put(bot, { [fresh]: null, [old]: { enabled: true, configuration } }, older))
    expect(down).toMatchObject({ id: old, enabled: true, webhookId })
  })
})

describe('a removed installation', () => {
  test('is gone from the bot, and nobody acts as it any more', async () => {
    const [bot, { id }] = [await make(), await publish()]
    await put(bot, { polly: { integrationId: id, enabled: true } })
    const polly = await api.integration(id, bot)
    expect((await polly.call('GET', '/v1/chat/users')).status).toBe(200)
    expect(installed(await put(bot, { polly: null }))).toEqual({})
    expect((await polly.call('GET', '/v1/chat/users')).status).toBe(404)
    expect((await put(bot, { polly: null })).status).toBe(200)
  })

  test('lets go of its version: that can be deleted, and the bot goes on, readable and installable', async () => {
    const [bot, { id, name }] = [await make(), await publish()]
    await put(bot, { polly: { integrationId: id, enabled: true } })
    const { conversation } = (
      await (await api.integration(id, bot)).call('POST', '/v1/chat/conversations', { channel: 'room', tags: {} })
    ).body as { conversation: { id: string } }
    await put(bot, { polly: null })
    expect((await owner.call('DELETE', `/v1/admin/integrations/${id}`)).status).toBe(200)
    const key = await api.bot(bot)
    expect((await key.call('GET', `/v1/chat/conversations/${conversation.id}`)).status).toBe(200)
    const again = await publish({ name })
    expect(only(await put(bot, { polly: { integrationId: again.id } })).id).toBe(again.id)
  })
})

test('deleting a version while bots install it ends well for everybody', async () => {
  for (let round = 0; round < 10; round++) {
    const [bots, { id }] = [await Promise.all([make(), make(), make()]), await publish()]
    const [deleted, ...puts] = await Promise.all([
      owner.call('DELETE', `/v1/admin/integrations/${id}`),
      ...bots.map((bot) => put(bot, { polly: { integrationId: id } })),
    ])
    const taken = puts.filter(({ status }) => status === 200)
    expect(deleted.status).toBe(taken.length > 0 ? 409 : 200)
    expect(puts.filter(({ status }) => status !== 200 && status !== 400)).toEqual([])
  }
})
