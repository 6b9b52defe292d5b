import { expect } from 'vitest'
import { collect, type Home } from './journey.ts'
import { knows, type OfficialClient } from './official-client.ts'

const schema = { type: 'object', additionalProperties: true }
const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** What an author does who lets others have an integration: tries, publishes, shows, looks it up as they do, withdraws it. */
export const publish = async ({ admin, botId, integrationId }: Home) => {
  const name = `cockatoo${Math.random().toString(36).slice(2, 10)}`
  const draft = {
    ...{ name, version: '1.0.0', title: 'Cockatoo', events: { squawk: { schema } } },
    ...{ icon: base64('<svg xmlns="http://www.w3.org/2000/svg"/>'), readme: base64('# Cockatoo') },
    ...{ public: true, visibility: 'public' },
  }
  if (knows(admin, 'validateIntegrationCreation')) expect(await admin.validateIntegrationCreation(draft)).toEqual({})
  const { integration } = await admin.createIntegration(draft)
  const { id } = integration
  expect(await (await fetch(integration.iconUrl)).text()).toContain('<svg')
  expect(await (await fetch(integration.readmeUrl)).text()).toBe('# Cockatoo')
  if (knows(admin, 'validateIntegrationUpdate'))
    expect(await admin.validateIntegrationUpdate({ id, title: 'White cockatoo' })).toEqual({})

  // Clients of the first months do not know how to publish; what others published they find.
  const shown = integration.public ? { id, name, version: '1.0.0' } : undefined
  const { integration: emulator } = await admin.getPublicIntegration({ name: 'emulator', version: 'latest' })
  for (const one of [emulator, ...(shown ? [shown] : [])]) {
    expect((await admin.getPublicIntegrationById({ id: one.id })).integration.name).toBe(one.name)
    for (const version of [one.version, '>=1.0.0 <2.0.0'])
      expect((await admin.getPublicIntegration({ name: one.name, version })).integration.id).toBe(one.id)
    const { integrations } = await admin.listPublicIntegrations({ name: one.name })
    expect(integrations.map((listed) => listed.id)).toEqual([one.id])
  }

  if (knows(admin, 'requestIntegrationVerification')) {
    expect(await admin.requestIntegrationVerification({ integrationId: id })).toEqual({})
    expect((await admin.getIntegration({ id })).integration.verificationStatus).toBe('pending')
  }
  await admin.deleteIntegration({ id })
  if (knows(admin, 'createInterface')) await agree(admin)

  if (knows(admin, 'rotateIntegrationSigningSecrets')) {
    const { newSigningSecret } = await admin.rotateIntegrationSigningSecrets({ id: integrationId })
    expect((await admin.getIntegration({ id: integrationId })).integration.signingSecret).toBe(newSigningSecret)
  }
  if (knows(admin, 'rotateBotSigningSecrets')) {
    const { newSigningSecret } = await admin.rotateBotSigningSecrets({ id: botId })
    expect((await admin.getBot({ id: botId })).bot.signingSecret).toBe(newSigningSecret)
  }
}

/** What an author does who lets others count on what an integration can do: an interface, and an integration that implements it. */
const agree = async (admin: OfficialClient) => {
  const name = `hitl${Math.random().toString(36).slice(2, 10)}`
  const version = '1.0.0'
  const { interface: made } = await admin.createInterface({
    ...{ name, version, title: 'Human in the loop', description: 'Asks a person', public: true },
    entities: { ticket: { schema } },
    events: { answered: { schema: { type: 'object', properties: { ticket: { $ref: 'ticket' } } } } },
    actions: { ask: { input: { schema: { $ref: 'ticket' } }, output: { schema } } },
    channels: { desk: { messages: { text: { schema } } } },
  })
  const { id } = made
  for (const wish of [version, 'latest', '>=1.0.0 <2.0.0']) {
    expect((await admin.getInterfaceByName({ name, version: wish })).interface.id).toBe(id)
    if (knows(admin, 'getPublicInterface'))
      expect((await admin.getPublicInterface({ name, version: wish })).interface.id).toBe(id)
  }
  expect((await admin.getInterface({ id })).interface).toEqual(made)
  expect(await collect((nextToken) => admin.listInterfaces({ nextToken }), 'interfaces')).toContain(id)
  if (knows(admin, 'listPublicInterfaces')) {
    expect((await admin.listPublicInterfaces({ name })).interfaces.map((one) => one.id)).toEqual([id])
    expect((await admin.getPublicInterfaceById({ id })).interface.events).toEqual(made.events)
  }
  // Clients of the first year drop what they do not know yet: its title, and whether others see it.
  expect((await admin.updateInterface({ id, title: 'HITL' })).interface).toMatchObject({ id, name, version })
  if (knows(admin, 'listPublicInterfaces')) expect((await admin.getInterface({ id })).interface.title).toBe('HITL')

  const { integration } = await admin.createIntegration({
    ...{ name: `with-${name}`, version, entities: { case: { schema } } },
    interfaces: { hitl: { id, entities: { ticket: { name: 'case' } }, actions: {}, events: {}, channels: {} } },
  })
  // Older clients do not say what an integration implements.
  if (integration.interfaces['hitl']) {
    expect(integration.interfaces['hitl']).toMatchObject({ id, name, version, entities: { ticket: { name: 'case' } } })
    await expect(admin.deleteInterface({ id })).rejects.toThrow(/implemented/)
  }
  await admin.deleteIntegration({ id: integration.id })
  expect(await admin.deleteInterface({ id })).toEqual({})
}
