import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '@understudy/testkit'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { isCliInstalled, type OfficialCli, officialCli } from './official-cli.ts'
import { type OfficialClient, officialClient } from './official-client.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const DOWN = '\u001B[B'
const ENTER = '\r'
/** A command takes its second or two, on a busy machine some more. */
const PATIENCE = { timeout: 300_000 }
const SOON = { timeout: 90_000 }

let server: Understudy
let owner: OfficialClient
let cli: OfficialCli

const login = ({ place: { url, token, workspaceId } }: Understudy) => [
  ...['login', '--api-url', url, '--token', token, '--workspace-id', workspaceId],
]
const json = async <T>(args: string[]): Promise<T> => JSON.parse(await cli.bp([...args, '--json'])) as T
const edit = async (path: string, change: (text: string) => string) => {
  const file = join(cli.folder, path)
  const before = await readFile(file, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  await writeFile(file, after)
}
const cached = async (project: string) =>
  JSON.parse(await readFile(join(cli.folder, project, '.botpress/project.cache.json'), 'utf8')) as Record<
    string,
    string
  >

/** Says something to a bot as whoever opens its emulator does. @returns what has been said in the room so far, when asked */
const enter = async (botId: string) => {
  const { code } = await owner.getBotWebchat({ id: botId, type: 'sharableUrl' })
  const [address = '', key = ''] = code.split('#')
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return {
    say: async (text: string) => {
      const body = JSON.stringify({ userId: 'ann', conversationId: 'room', text })
      expect((await fetch(`${address}/messages`, { method: 'POST', headers, body })).status).toBe(201)
    },
    heard: async () => {
      const answer = await fetch(`${address}/conversations/room/messages`, { headers })
      const { messages } = (await answer.json()) as { messages: { payload: { text: string } }[] }
      return messages.map(({ payload }) => payload.text)
    },
  }
}

describe.skipIf(!isCliInstalled)(
  'somebody who has just installed @botpress/cli 0.8.59 (asks for ACCEPTANCE_CLI=on)',
  () => {
    beforeAll(async () => {
      ;[server, cli] = await Promise.all([startUnderstudy(), officialCli()])
      owner = officialClient('1.45.0', server.place)
      await owner.updateWorkspace({ id: server.place.workspaceId, handle: 'birds' })
    })
    afterAll(() => Promise.all([server.stop(), cli.remove()]))

    test(
      'logs in with an address, a token and a workspace, and is asked for none of them again',
      PATIENCE,
      async () => {
        expect(await cli.bp(login(server))).toContain('Logged In')
        expect(await json<unknown[]>(['bots', 'list'])).toHaveLength(1)
      },
    )

    test('makes, finds, lists and deletes bots', PATIENCE, async () => {
      const { id } = await json<{ id: string }>(['bots', 'create', '--name', 'Parrot'])
      await cli.bp(['bots', 'create', '--name', 'Parrot', '--if-not-exists'])
      const bots = await json<{ id: string; name: string }[]>(['bots', 'list'])
      expect(bots.filter(({ name }) => name === 'Parrot')).toMatchObject([{ id }])
      expect(await json(['bots', 'get', id])).toMatchObject({ id, name: 'Parrot' })
      await cli.bp(['bots', 'delete', id])
      expect(await cli.complaint(['bots', 'get', id])).toContain('not found')
    })

    test('makes a project of each template, and builds and reads it', PATIENCE, async () => {
      await cli.bp(['init', '--type', 'bot', '--name', 'echo', '-y'])
      const templates = { empty: '', hello: DOWN, hook: `${DOWN}${DOWN}` }
      for (const [name, keys] of Object.entries(templates))
        await cli.bp(['init', '--type', 'integration', '--name', name], '', `${keys}${ENTER}`)
      for (const project of ['echo', ...Object.keys(templates)])
        expect(await cli.bp(['build'], project)).toContain('Build completed')
      for (const project of Object.keys(templates))
        expect(JSON.parse(await cli.bp(['read', '--json'], project))).toMatchObject({ name: project, version: '0.0.1' })
    })

    test('deploys integrations, again and in new versions, and finds, lists and deletes them', PATIENCE, async () => {
      for (const project of ['empty', 'hello', 'hook', 'hello'])
        expect(await cli.bp(['deploy', '-y'], project)).toContain('Integration deployed')
      await edit('hello/integration.definition.ts', (text) => text.replace('0.0.1', '0.1.0'))
      await cli.bp(['deploy', '-y', '--public'], 'hello')
      const names = async () =>
        (await json<{ name: string; version: string }[]>(['integrations', 'list'])).map(
          ({ name, version }) => `${name}@${version}`,
        )
      expect((await names()).toSorted()).toEqual([
        ...['birds/empty@0.0.1', 'birds/hello@0.0.1', 'birds/hello@0.1.0', 'birds/hook@0.0.1', 'emulator@1.0.0'],
      ])
      expect(await json(['integrations', 'get', 'birds/hello'])).toMatchObject({
        ...{ name: 'birds/hello', version: '0.1.0', public: true },
        actions: { helloWorld: { title: 'Hello World' } },
        iconUrl: expect.stringContaining('/icon/'),
      })
      expect(await json(['integrations', 'get', 'emulator@1.0.0'])).toMatchObject({ name: 'emulator' })
      expect(await cli.complaint(['deploy', '-y'], 'hello')).toContain('already deployed publicly')
      await cli.bp(['integrations', 'delete', 'birds/hook@0.0.1'])
      expect(await names()).not.toContain('birds/hook@0.0.1')
      expect(await cli.complaint(['integrations', 'get', 'birds/hook'])).toContain('not found')
    })

    test('adds integrations of the workspace and of the hub to a bot, and deploys it with them', PATIENCE, async () => {
      for (const wanted of ['birds/empty', 'emulator@1.0.0'])
        expect(await cli.bp(['add', wanted, '-y'], 'echo')).toContain('Installed integration')
      expect(await cli.complaint(['add', 'nothing', '-y'], 'echo')).toContain('not found')
      await edit('echo/src/index.ts', () => ECHO)
      await cli.bp(['deploy', '-y', '--create-new-bot'], 'echo')
      const { botId = '' } = await cached('echo')
      const deployed = await owner.getBot({ id: botId })
      expect(Object.values(deployed.bot.integrations)).toMatchObject([{ name: 'emulator', enabled: true }])
      expect(Object.keys(deployed.bot.states)).toEqual(['mood'])
      expect(await cli.bp(['deploy', '-y', '--bot-id', botId], 'echo')).toContain('Bot deployed')
    })

    test(
      'develops a bot: it answers through the tunnel, and so does what it is changed to meanwhile',
      PATIENCE,
      async () => {
        const port = String(await freePort())
        const dev = cli.start(['dev', '-y', '--tunnel-url', server.place.url, '--port', port], 'echo')
        onTestFinished(() => dev.stop())
        await expect.poll(dev.said, SOON).toContain('Listening on port')
        const room = await enter((await cached('echo'))['devId'] ?? '')
        await room.say('hi')
        await expect.poll(room.heard, SOON).toContain('You said: hi')
        await edit('echo/src/index.ts', (text) => text.replace('You said', 'You cried'))
        await expect.poll(() => dev.said().split('Listening on port').length, SOON).toBe(3)
        await room.say('ho')
        await expect.poll(room.heard, SOON).toContain('You cried: ho')
        expect(await json<unknown[]>(['bots', 'list', '--dev'])).toHaveLength(1)
      },
    )

    test('develops an integration: bots call what runs at the other end of the tunnel', PATIENCE, async () => {
      await edit('hello/src/index.ts', (text) => text.replaceAll(/throw new sdk.RuntimeError.*/g, ''))
      const port = String(await freePort())
      const dev = cli.start(['dev', '-y', '--tunnel-url', server.place.url, '--port', port], 'hello')
      onTestFinished(() => dev.stop())
      await expect.poll(dev.said, SOON).toContain('Listening on port')
      const { devId: integrationId = '' } = await cached('hello')
      const { bot } = await owner.createBot({ name: 'Guest', dev: true, url: 'http://127.0.0.1:1' })
      await owner.updateBot({ id: bot.id, integrations: { [integrationId]: { enabled: true } } })
      const guest = officialClient('1.45.0', { ...server.place, botId: bot.id })
      const greeting = async (): Promise<unknown> =>
        (await guest.callAction({ type: 'hello:helloWorld', input: { name: 'Ann' } })).output
      expect(await greeting()).toEqual({ message: 'Hello "Ann"! Nice to meet you ;)' })
      await edit('hello/src/index.ts', (text) => text.replace('Hello "', 'Goodbye "'))
      await expect.poll(() => dev.said().split('Listening on port').length, SOON).toBe(3)
      expect(await greeting()).toEqual({ message: 'Goodbye "Ann"! Nice to meet you ;)' })
      expect(await json<{ id: string }[]>(['integrations', 'list', '--dev'])).toMatchObject([{ id: integrationId }])
    })

    test('logs out, and is asked for everything again', PATIENCE, async () => {
      await cli.bp(['logout'])
      expect(await cli.complaint(['bots', 'list'])).toContain('Not logged in')
    })
  },
)

describe.skipIf(!isCliInstalled)(
  'an author of interfaces with @botpress/cli 0.8.59 (asks for ACCEPTANCE_CLI=on)',
  () => {
    /** One of the workspaces that this version of the tool lets deploy interfaces. */
    const PRIVILEGED = '11111111-1111-1111-aaaa-111111111111'
    let other: Understudy
    let author: OfficialCli

    beforeAll(async () => {
      ;[other, author] = await Promise.all([
        startUnderstudy(undefined, { UNDERSTUDY_WORKSPACE_ID: PRIVILEGED }),
        officialCli(),
      ])
      await author.bp(login({ ...other, place: { ...other.place, workspaceId: PRIVILEGED } }))
    })
    afterAll(() => Promise.all([other.stop(), author.remove()]))

    test(
      'deploys one, again, and an integration that implements it; lists, finds and deletes it',
      PATIENCE,
      async () => {
        await mkdir(join(author.folder, 'askable'))
        await writeFile(join(author.folder, 'askable/package.json'), '{ "name": "askable" }')
        await writeFile(join(author.folder, 'askable/interface.definition.ts'), ASKABLE)
        for (let time = 0; time < 2; time++)
          expect(await author.bp(['deploy', '-y'], 'askable')).toContain('Interface deployed')
        const [listed] = JSON.parse(await author.bp(['interfaces', 'list', '--json'])) as { id: string }[]
        const found = JSON.parse(await author.bp(['interfaces', 'get', 'askable', '--json'])) as object
        expect(found).toMatchObject({
          ...listed,
          events: { answered: { schema: { properties: { ticket: { $ref: 'ticket' } } } } },
        })

        const admin = officialClient('1.45.0', { ...other.place, workspaceId: PRIVILEGED })
        const interfaces = { askable: { id: listed?.id, entities: {}, actions: {}, events: {}, channels: {} } }
        const { integration } = await admin.createIntegration({ name: 'asking', version: '1.0.0', interfaces })
        expect(await author.complaint(['interfaces', 'delete', 'askable'])).toContain('implemented')
        await admin.deleteIntegration({ id: integration.id })
        await author.bp(['interfaces', 'delete', 'askable'])
        expect(await author.complaint(['interfaces', 'get', 'askable'])).toContain('not found')
      },
    )
  },
)

const ECHO = `import * as bp from '../.botpress'
import { z } from '@botpress/sdk'

const bot = new bp.Bot({
  integrations: { emulator: new bp.emulator.Emulator({ enabled: true, config: {} }) },
  states: { mood: { type: 'conversation', schema: z.object({ good: z.boolean() }) } },
})

bot.message(async ({ message, client, ctx }) => {
  const text = \`You said: \${message.payload.text}\`
  const { conversationId } = message
  await client.createMessage({ conversationId, userId: ctx.botId, tags: {}, type: 'text', payload: { text } })
})

export default bot
`

const ASKABLE = `import { InterfaceDeclaration, z } from '@botpress/sdk'

export default new InterfaceDeclaration({
  name: 'askable',
  version: '0.1.0',
  entities: { ticket: { schema: z.object({ text: z.string() }) } },
  events: { answered: { schema: ({ ticket }) => z.object({ ticket }) } },
  actions: { ask: { input: { schema: ({ ticket }) => z.object({ ticket }) }, output: { schema: () => z.object({}) } } },
  channels: {},
})
`
