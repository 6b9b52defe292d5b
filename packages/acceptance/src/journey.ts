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
      conversation: { tags: { id: {} } },
      message: { tags: { id: {} } },
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

type Home = Awaited<ReturnType<typeof settleIn>>

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
    const { iaks } = await admin.listIntegrationApiKeys({ integrationId })
    expect(iaks).toEqual([{ id: key.id, createdAt: key.createdAt, note: 'ci' }])
    await admin.deleteIntegrationApiKey({ id: key.id })
  }
  if (knows(admin, 'createBotApiKey')) {
    const key = await admin.createBotApiKey({ botId, note: 'ci' })
    expect((await admin.listBotApiKeys({ botId })).baks.map(({ id }) => id)).toEqual([key.id])
    await admin.deleteBotApiKey({ id: key.id })
  }
  if (knows(admin, 'createPersonalAccessToken')) {
    const { pat } = await admin.createPersonalAccessToken({ note: 'laptop' })
    expect((await admin.listPersonalAccessTokens({})).pats.map(({ id }) => id)).toContain(pat.id)
    await admin.deletePersonalAccessToken({ id: pat.id })
  }
}

/** A user writes through the integration, the bot answers, both look back at it. */
export const chat = async ({ bot, parrot, botId, integrationName }: Home) => {
  const { user } = await parrot.createUser({
    tags: { id: 'ann' },
    name: 'Ann',
    pictureUrl: 'https://example.com/a.png',
  })
  expect((await parrot.getOrCreateUser({ tags: { id: 'ann' } })).user.id).toBe(user.id)
  expect((await bot.getUser({ id: user.id })).user.tags).toEqual({ [`${integrationName}:id`]: 'ann' })
  await bot.updateUser({ id: user.id, tags: { vip: 'yes' } })
  expect((await parrot.getUser({ id: user.id })).user.tags).toEqual({ id: 'ann' })
  await parrot.updateUser({ id: user.id, tags: { nick: 'annie' } })
  await parrot.updateUser({ id: user.id, tags: { nick: '' } })
  expect((await bot.getUser({ id: user.id })).user.tags).toEqual({ [`${integrationName}:id`]: 'ann', vip: 'yes' })
  expect((await bot.listUsers({ tags: { [`${integrationName}:id`]: 'ann', vip: 'yes' } })).users).toHaveLength(1)

  const { conversation } = await parrot.createConversation({ channel: 'room', tags: { id: 'room-1' } })
  const again = await parrot.getOrCreateConversation({ channel: 'room', tags: { id: 'room-1' } })
  expect(again.conversation.id).toBe(conversation.id)
  expect((await bot.getConversation({ id: conversation.id })).conversation.id).toBe(conversation.id)
  expect(conversation).toMatchObject({ channel: 'room', integration: integrationName, tags: { id: 'room-1' } })
  await bot.updateConversation({ id: conversation.id, tags: { topic: 'birds' } })
  const found = await bot.listConversations({ tags: { topic: 'birds' } })
  expect(found.conversations.map(({ id }) => id)).toEqual([conversation.id])

  const said = { conversationId: conversation.id, userId: user.id, type: 'text', payload: { text: 'Hello' } }
  const { message: heard } = await parrot.createMessage({ ...said, tags: { id: 'm1' } })
  expect(heard).toMatchObject({ ...said, direction: 'incoming', tags: { id: 'm1' } })
  const { message: known } = await parrot.getOrCreateMessage({ ...said, tags: { id: 'm1' } })
  expect(known.id).toBe(heard.id)
  const { message: answer } = await bot.createMessage({ ...said, userId: botId, payload: { text: 'Hi' }, tags: {} })
  expect(answer).toMatchObject({ direction: 'outgoing', userId: botId })
  // Clients 0.20 to 0.47 leave the payload out.
  await bot.updateMessage({ id: answer.id, tags: { mood: 'merry' }, payload: { text: 'Hi there' } })
  expect((await bot.getMessage({ id: answer.id })).message.tags).toEqual({ mood: 'merry' })
  const { messages } = await bot.listMessages({ conversationId: conversation.id })
  expect(messages.map(({ id }) => id)).toEqual([answer.id, heard.id])
  expect((await bot.listConversations({ participantIds: [user.id, botId] })).conversations).toHaveLength(1)
  expect((await bot.listUsers({ conversationId: conversation.id })).users).toHaveLength(2)

  const { events } = await bot.listEvents({ type: 'message_created' })
  expect(events[0]).toMatchObject({
    messageId: heard.id,
    payload: { message: { id: heard.id }, user: { id: user.id } },
  })
  const { event } = await parrot.createEvent({ type: 'squawk', payload: { text: 'Squawk' } })
  expect((await bot.getEvent({ id: event.id })).event.type).toBe(`${integrationName}:squawk`)
  const later = await bot.createEvent({ type: 'wakeUp', payload: {}, schedule: { delay: 60_000 } })
  expect(later.event.status ?? 'scheduled').toBe('scheduled')

  if (knows(bot, 'addParticipant')) {
    const { user: friend } = await parrot.createUser({ tags: { id: 'bob' } })
    await parrot.addParticipant({ id: conversation.id, userId: friend.id })
    expect((await bot.getParticipant({ id: conversation.id, userId: friend.id })).participant.id).toBe(friend.id)
    expect((await bot.listParticipants({ id: conversation.id })).participants).toHaveLength(3)
    await parrot.removeParticipant({ id: conversation.id, userId: friend.id })
  }
  if (knows(bot, 'listTagValues')) {
    const { tags } = await bot.listTagValues({ key: `${integrationName}:id`, type: 'conversation' })
    expect(tags).toEqual([{ value: 'room-1' }])
  }
  await remember({ bot, parrot, userId: user.id, conversationId: conversation.id, botId })

  if (knows(bot, 'deleteMessage')) await bot.deleteMessage({ id: answer.id })
  await parrot.deleteConversation({ id: conversation.id })
  expect((await bot.listMessages({ conversationId: conversation.id })).messages).toEqual([])
  await parrot.deleteUser({ id: user.id })
}

type Memory = { bot: OfficialClient; parrot: OfficialClient; userId: string; conversationId: string; botId: string }

/** States of every kind of owner, in the namespaces of bot and integration. */
const remember = async ({ bot, parrot, userId, conversationId, botId }: Memory) => {
  const profile = { type: 'user', id: userId, name: 'profile' }
  await bot.setState({ ...profile, payload: { age: 7 } })
  await bot.patchState({ ...profile, payload: { colour: 'grey' } })
  expect((await bot.getState(profile)).state.payload).toEqual({ age: 7, colour: 'grey' })
  await bot.setState({ type: 'conversation', id: conversationId, name: 'memory', payload: {}, expiry: 60_000 })
  await bot.setState({ type: 'bot', id: botId, name: 'settings', payload: { on: true } })
  await parrot.setState({ type: 'user', id: userId, name: 'seen', payload: { at: 1 } })
  if (knows(bot, 'getOrSetState')) {
    const { state, meta } = await bot.getOrSetState({ ...profile, payload: {} })
    expect([state.payload, meta.cached]).toEqual([{ age: 7, colour: 'grey' }, true])
  }
  if (knows(bot, 'setStateExpiry')) {
    const { state } = await bot.setStateExpiry({ ...profile, expiry: 60_000 })
    expect(state.expiry).toBe(60_000)
    await bot.setState({ ...profile, payload: null })
    await expect(bot.getState(profile)).rejects.toThrow(/No state found/)
  }
}

/** Errors arrive as the classes a program catches. */
export const fail = async (version: ClientVersion, { bot, parrot }: Home, place: Place) => {
  const module = clientModule(version)
  const thrownBy = (call: Promise<unknown>): Promise<Error> =>
    call.then(
      () => Promise.reject(new Error('it did not fail')),
      (error: Error) => error,
    )
  const expectError = async (call: Promise<unknown>, type: string, message: RegExp) => {
    const error = await thrownBy(call)
    // 0.0.6 shows its classes to nobody: a program asks whether it is an API error, and of which type.
    if (module.isApiError && !module[`${type}Error`]) expect(module.isApiError(error)).toBe(true)
    else expect(error).toBeInstanceOf(module[`${type}Error`])
    expect(error).toMatchObject({ type, message: expect.stringMatching(message) })
  }
  const missing = 'user_01J00000000000000000000000'
  await expectError(bot.getUser({ id: missing }), 'ResourceNotFound', /not found/i)
  await expectError(parrot.createUser({ tags: { stranger: 'x' } }), 'InvalidPayload', /stranger.*id, nick/)
  const said = { userId: missing, conversationId: missing, type: 'text', payload: {}, tags: {} }
  await expectError(parrot.createMessage(said), 'ReferenceNotFound', /conversationId/)
  await expectError(parrot.createEvent({ type: 'squawk', payload: {} }), 'InvalidDataFormat', /payload.*text/)
  await expectError(bot.listUsers({ nextToken: 'forged' }), 'InvalidQuery', /nextToken/)
  const nobody = officialClient(version, { ...place, token: 'bp_pat_unknown' })
  // This type is younger than 0.0.6, which keeps the message.
  await expectError(nobody.listBots({}), version === '0.0.6' ? 'Unknown' : 'Unauthorized', /token/i)
}

/** Takes away what settleIn made. */
export const moveOut = async ({ admin, botId, integrationId }: Home) => {
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
