import { expect } from 'vitest'
import type { Home } from './journey.ts'
import { knows } from './official-client.ts'

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

  if (knows(admin, 'rotateIntegrationSigningSecrets')) {
    const { newSigningSecret } = await admin.rotateIntegrationSigningSecrets({ id: integrationId })
    expect((await admin.getIntegration({ id: integrationId })).integration.signingSecret).toBe(newSigningSecret)
  }
  if (knows(admin, 'rotateBotSigningSecrets')) {
    const { newSigningSecret } = await admin.rotateBotSigningSecrets({ id: botId })
    expect((await admin.getBot({ id: botId })).bot.signingSecret).toBe(newSigningSecret)
  }
}
