import type { NewStandsFor } from '@understudy/contract'
import { expect } from 'vitest'
import { issueClient } from './issue-client.ts'
import { type ClientVersion, clientModule, knows, type OfficialClient, officialClient } from './official-client.ts'
import type { Place } from './place.ts'

const text = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }
const anything = { type: 'object', additionalProperties: true }

const integration = (name: string) => ({
  name,
  version: '1.2.3',
  title: 'Parrot',
  description: 'Says it again',
  user: { tags: { id: {}, nick: {} } },
  channels: {
    room: {
      messages: { text: { schema: text } },
      conversation: { tags: { id: {}, thread: {} } },
      message: { tags: { id: {}, part: {} } },
    },
  },
  states: { seen: { type: 'user', schema: anything } },
  events: { squawk: { title: 'Squawk', schema: text } },
  actions: { repeat: { input: { schema: text }, output: { schema: text } } },
  configuration: { schema: { type: 'object', properties: { volume: { type: 'number' } } } },
})

type Part = { standsFor: NewStandsFor; botId?: string; integrationId?: string }

/**
 * A client that is given what programs of its time are given: a token, or, in the case of 0.0.6, the key and the secret of
 * an API client that stands for exactly the part it plays.
 */
const clientFor = async (version: ClientVersion, place: Place, part: Part): Promise<OfficialClient> => {
  const { standsFor, ...caller } = part
  if (version !== '0.0.6') return officialClient(version, { ...place, ...caller })
  const { token: _, ...server } = place
  const { clientKey, clientSecret } = await issueClient(place, standsFor)
  const oauth = { oauthUrl: `${place.url}/oauth2/token`, clientKey, clientSecret }
  return officialClient(version, { ...server, ...caller, ...oauth, dev: true })
}

/**
 * An integration and a bot that has it, made as a developer would; `parrot` acts as the integration, `bot` as the bot.
 * @param urls where they live, if they live anywhere: then they are ones under development
 */
export const settleIn = async (version: ClientVersion, place: Place, urls?: { bot: string; integration: string }) => {
  const admin = await clientFor(version, place, { standsFor: { kind: 'account' } })
  const name = `parrot${Math.random().toString(36).slice(2, 10)}`
  const { integration: made } = await admin.createIntegration({
    ...integration(name),
    ...(urls && { dev: true, url: urls.integration }),
  })
  const { bot } = await admin.createBot({ name: `Bot of ${version}`, ...(urls && { dev: true, url: urls.bot }) })
  await admin.updateBot({
    id: bot.id,
    user: { tags: { vip: {} } },
    conversation: { tags: { topic: {} } },
    message: { tags: { mood: {} } },
    states: {
      profile: { type: 'user', schema: { type: 'object', properties: { age: { type: 'number' } } } },
      memory: { type: 'conversation', schema: anything },
      settings: { type: 'bot', schema: anything },
    },
    events: { wakeUp: { schema: anything } },
    integrations: { [made.id]: { enabled: true, configuration: { volume: 3 } } },
  })
  return {
    admin,
    integrationName: name,
    integrationId: made.id,
    botId: bot.id,
    bot: await clientFor(version, place, { standsFor: { kind: 'bot', botId: bot.id }, botId: bot.id }),
    parrot: await clientFor(version, place, {
      standsFor: { kind: 'installation', botId: bot.id, integrationAlias: name },
      botId: bot.id,
      integrationId: made.id,
    }),
  }
}

export type Home = Awaited<ReturnType<typeof settleIn>>

/** What a developer does with the administration API before anybody chats. */
export const administrate = async ({ admin, integrationId, integrationName, botId }: Home, place: Place) => {
  const { bot } = await admin.getBot({ id: botId })
  expect(bot.integrations[integrationId]).toMatchObject({
    name: integrationName,
    enabled: true,
    configuration: { volume: 3 },
  })
  expect(await collect((nextToken) => admin.listBots({ nextToken }), 'bots')).toContain(botId)
  expect(await admin.introspect({ botId })).toMatchObject({ botId, workspaceId: place.workspaceId })
  if (knows(admin, 'listWorkspaces')) {
    const { workspaces } = await admin.listWorkspaces({})
    expect(workspaces.map(({ id }) => id)).toContain(place.workspaceId)
  }
  if (knows(admin, 'getWorkspace'))
    expect(await admin.getWorkspace({ id: place.workspaceId })).toMatchObject({ id: place.workspaceId })
  if (knows(admin, 'getAccount')) expect((await admin.getAccount({})).account.email).toContain('@')

  expect((await admin.getIntegration({ id: integrationId })).integration.name).toBe(integrationName)
  for (const version of ['1.2.3', 'latest', '>=1.0.0 <2.0.0'])
    expect((await admin.getIntegrationByName({ name: integrationName, version })).integration.id).toBe(integrationId)
  const { integrations } = await admin.listIntegrations({ name: integrationName })
  expect(integrations.map(({ id }) => id)).toEqual([integrationId])
  await admin.updateIntegration({ id: integrationId, title: 'Grey parrot' })
  expect((await admin.getIntegration({ id: integrationId })).integration.title).toBe('Grey parrot')

  if (knows(admin, 'createIntegrationApiKey')) {
    const key = await admin.createIntegrationApiKey({ integrationId, note: 'ci' })
    if (knows(admin, 'listIntegrationApiKeys')) {
      const { iaks } = await admin.listIntegrationApiKeys({ integrationId })
      expect(iaks).toEqual([{ id: key.id, createdAt: key.createdAt, note: 'ci' }])
    }
    await admin.deleteIntegrationApiKey({ id: key.id })
  }
  if (knows(admin, 'createBotApiKey')) {
    const key = await admin.createBotApiKey({ botId, note: 'ci' })
    if (knows(admin, 'listBotApiKeys'))
      expect((await admin.listBotApiKeys({ botId })).baks.map(({ id }) => id)).toEqual([key.id])
    await admin.deleteBotApiKey({ id: key.id })
  }
  if (knows(admin, 'createPersonalAccessToken')) {
    const { pat } = await admin.createPersonalAccessToken({ note: 'laptop' })
    expect((await admin.listPersonalAccessTokens({})).pats.map(({ id }) => id)).toContain(pat.id)
    await admin.deletePersonalAccessToken({ id: pat.id })
  }
}

/** Errors arrive as the classes a program catches. */
export const fail = async (version: ClientVersion, home: Home, place: Place) => {
  const { admin, bot, parrot, botId, integrationId, integrationName } = home
  const module = clientModule(version)
  const thrownBy = (call: Promise<unknown>): Promise<Error> =>
    call.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: Error) => error,
    )
  // A class that an old client does not have yet is none that its programs catch.
  const expectError = async (call: Promise<unknown>, type: string, message: RegExp) => {
    const error = await thrownBy(call)
    expect(error.message).toMatch(message)
    // 0.0.6 shows its classes to nobody: a program asks whether it is an API error.
    if (`${type}Error` in module) {
      expect(error).toBeInstanceOf(module[`${type}Error`])
      expect(error).toMatchObject({ type })
    } else if (module.isApiError) expect(module.isApiError(error)).toBe(true)
  }
  const missing = 'user_01J00000000000000000000000'
  await expectError(bot.getUser({ id: missing }), 'ResourceNotFound', /not found/i)
  await expectError(parrot.createUser({ tags: { stranger: 'x' } }), 'InvalidPayload', /stranger.*id, nick/)
  const said = { userId: missing, conversationId: missing, type: 'text', payload: {}, tags: {} }
  await expectError(parrot.createMessage(said), 'ReferenceNotFound', /conversationId/)
  const book = { text: 'x'.repeat(200_000) }
  await expectError(parrot.createMessage({ ...said, payload: book }), 'LimitExceeded', /messagePayloadBytes/)
  await expectError(parrot.createEvent({ type: 'squawk', payload: {} }), 'InvalidDataFormat', /payload.*text/)
  await expectError(bot.listUsers({ nextToken: 'forged' }), 'InvalidQuery', /nextToken/)
  await expectError(admin.createIntegration(integration(integrationName)), 'AlreadyExists', /1\.2\.3/)
  await expectError(admin.deleteIntegration({ id: integrationId }), 'ReferenceConstraint', /installed/)
  const states = { broken: { type: 'bot', schema: { type: 'nonsense' } } }
  await expectError(admin.updateBot({ id: botId, states }), 'InvalidJsonSchema', /states\.broken/)
  const nobody = officialClient(version, { ...place, token: 'bp_pat_unknown' })
  // This type is younger than 0.0.6, which keeps the message.
  await expectError(nobody.listBots({}), version === '0.0.6' ? 'Unknown' : 'Unauthorized', /token/i)
}

/** Reconfigures and takes away what settleIn made. */
export const moveOut = async ({ admin, botId, integrationId }: Home) => {
  const daily = { type: 'wakeUp', payload: { every: 'day' }, schedule: { cron: '0 0 * * *' } }
  await admin.updateBot({ id: botId, recurringEvents: { daily } })
  expect((await admin.getBot({ id: botId })).bot.recurringEvents).toEqual({
    daily: { ...daily, failedAttempts: 0, lastFailureReason: null },
  })
  const installations = async () => (await admin.getBot({ id: botId })).bot.integrations
  await admin.updateBot({
    id: botId,
    integrations: { [integrationId]: { enabled: false, configuration: { volume: 1 } } },
  })
  expect(await installations()).toMatchObject({ [integrationId]: { enabled: false, configuration: { volume: 1 } } })
  await admin.updateBot({ id: botId, integrations: { [integrationId]: null } })
  expect(await installations()).toEqual({})
  await admin.deleteBot({ id: botId })
  await admin.deleteIntegration({ id: integrationId })
}

/** The ids of all items of a list, page by page. */
export const collect = async (
  page: (nextToken: string | undefined) => Promise<{ meta: { nextToken?: string | undefined } }>,
  items: string,
): Promise<string[]> => {
  const ids: string[] = []
  let nextToken: string | undefined
  do {
    const answer = await page(nextToken)
    ids.push(...((answer as unknown as Record<string, { id: string }[]>)[items] ?? []).map(({ id }) => id))
    nextToken = answer.meta.nextToken
  } while (nextToken)
  return ids
}
