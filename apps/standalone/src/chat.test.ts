import { receiver } from '@understudy/testkit'
import { expect, test, vi } from 'vitest'
import { complaint, said, typed } from './testing/command-line.ts'
import { credentialsIn, dataDirectory, started } from './testing/program.ts'

vi.setConfig({ testTimeout: 240_000 })

const UNTIL = { timeout: 60_000 }

/** A bot that repeats what it is told, and the data directory of its server. */
const echo = async () => {
  const directory = dataDirectory()
  const { url } = await started({ UNDERSTUDY_DATA_DIR: directory })
  const { BP_TOKEN = '', BP_WORKSPACE_ID = '', EMULATOR_INTEGRATION_ID = '' } = credentialsIn(directory)
  const call = async (method: string, path: string, more: object, body: object): Promise<unknown> => {
    const headers = { authorization: `Bearer ${BP_TOKEN}`, 'content-type': 'application/json', ...more }
    const answer = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(await answer.text())
    return answer.json()
  }
  const bot = await receiver(({ headers, body }, response) => {
    const { message } = (
      body['event'] as { payload: { message?: { conversationId: string; payload: { text: string } } } }
    ).payload
    const botId = String(headers['x-bot-id'])
    const say = (text: string) =>
      call(
        'POST',
        '/v1/chat/messages',
        { 'x-bot-id': botId },
        {
          conversationId: message?.conversationId,
          userId: botId,
          type: 'text',
          payload: { text },
          tags: {},
        },
      )
    const answered = message === undefined ? Promise.resolve() : say(`You said ${message.payload.text}`)
    void answered.then(
      () => response.end('{}'),
      () => {
        response.statusCode = 500
        response.end()
      },
    )
  })
  const workspace = { 'x-workspace-id': BP_WORKSPACE_ID }
  const made = (await call('POST', '/v1/admin/bots', workspace, { dev: true, url: bot.url })) as { bot: { id: string } }
  await call('PUT', `/v1/admin/bots/${made.bot.id}`, workspace, {
    integrations: { emulator: { integrationId: EMULATOR_INTEGRATION_ID, enabled: true } },
  })
  return { directory, botId: made.bot.id, bot }
}

test('what is said reaches the bot, and what it answers is heard, from a pipe and as it comes', async () => {
  const { directory, botId, bot } = await echo()
  const chat = ['chat', '--bot', botId, '--data-dir', directory, '--wait', '0']
  expect(await said(chat, { input: 'one\n\ntwo' })).toBe('You said one\nYou said two\n')

  const open = typed(chat, { isOpen: true })
  open.child.stdin.write('still there?\n')
  await vi.waitFor(() => expect(open.said.stdout).toBe('You said still there?\n'), UNTIL)
  open.child.stdin.end()
  expect(await open.gone).toBe(0)

  bot.behave((_, response) => {
    response.statusCode = 500
    response.end()
  })
  expect(await complaint(chat, { input: 'one' })).toMatch(/^The bot did not take it: /)
})

test('a bot that says nothing is no reason to wait, one that does not exist is told', async () => {
  const directory = dataDirectory()
  await started({ UNDERSTUDY_DATA_DIR: directory })
  const here = ['chat', '--data-dir', directory, '--wait', '0']
  expect(await said(here, { input: 'hello' })).toBe('')
  expect(await complaint([...here, '--bot', 'nobody'], { input: 'hello' })).toMatch(/not found/)
  expect(await complaint([...here, '--wait', 'long'])).toMatch(/number of seconds/)
})
