import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chromiumPath } from '@understudy/testkit'
import { type Browser, chromium, type FrameLocator, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type OfficialClient, officialClient } from './official-client.ts'
import { relayTo } from './relay.ts'
import { startUnderstudy, type Understudy } from './understudy.ts'

const QUIET = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const executablePath = chromiumPath()
const reason = executablePath ? '' : ' (SKIPPED: no chromium on the PATH)'
if (reason) console.warn(`The page of the emulator is not tested${reason}.`)

describe.skipIf(!executablePath)(`the page of the emulator in a browser${reason}`, () => {
  let server: Understudy
  let browser: Browser
  let bot: OfficialClient
  let botId: string
  let address: string
  let key: string

  beforeAll(async () => {
    server = await startUnderstudy()
    const { place, credentials } = server
    botId = credentials['BP_BOT_ID'] ?? ''
    bot = officialClient('1.45.0', { ...place, botId })
    ;[address = '', key = ''] = (credentials['EMULATOR_URL'] ?? '').split('#')
    browser = await chromium.launch({ executablePath: executablePath ?? '', args: QUIET })
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })

  /** A tab of a visitor of its own; the test fails when its scripts do, or the content security policy is hurt. */
  const visit = async (url: string) => {
    const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
    const page = await context.newPage()
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(error.message))
    page.on('console', (line) => {
      // A conversation nobody has said anything in is not found, and the browser notes that by itself.
      if (line.type() === 'error' && !/status of 40[14]|net::ERR_/.test(line.text())) problems.push(line.text())
    })
    onTestFinished(async () => {
      await context.close()
      expect(problems).toEqual([])
    })
    await page.goto(url)
    return page
  }

  const write = async (page: Page | FrameLocator, text: string) => {
    await page.getByLabel('Message').fill(text)
    await page.getByLabel('Message').press('Enter')
    await lines(page).filter({ hasText: text }).last().waitFor()
  }
  const lines = (page: Page | FrameLocator) => page.getByRole('log').getByRole('listitem')
  const state = (page: Page, words: string) => page.getByRole('status').getByText(words, { exact: true }).waitFor()

  /** Answers the latest thing that was said to the bot. */
  const answer = async (said: string, type: string, payload: object) => {
    const { messages } = await bot.listMessages({})
    const heard = messages.find((one) => one.payload['text'] === said)
    if (!heard) throw new Error(`The bot did not hear "${said}".`)
    await bot.createMessage({ conversationId: heard.conversationId, userId: botId, type, payload, tags: {} })
  }

  test('the description of the API opens in a browser, and so does the page in front of it', async () => {
    const page = await visit(`${server.place.url}/docs`)
    await page.getByText('Read the account of the caller').waitFor()
    await page.goto(server.place.url)
    expect(await page.getByRole('heading', { name: 'Understudy' }).isVisible()).toBe(true)
  })

  test('whoever types a message sees what the bot answers, and the key is out of the address', async () => {
    const page = await visit(`${address}#${key}`)
    await state(page, 'Ready')
    expect(page.url()).toBe(address)
    await write(page, 'Hello bot')
    await state(page, 'Connected')
    await answer('Hello bot', 'text', { text: 'Hello human' })
    await lines(page).getByText('Hello human', { exact: true }).waitFor()
    expect(await lines(page).count()).toBe(2)
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

    await page.reload()
    await lines(page).getByText('Hello human', { exact: true }).waitFor()
    expect(await lines(page).count()).toBe(2)

    await page.getByRole('button', { name: 'New conversation' }).click()
    await state(page, 'Ready')
    expect(await lines(page).count()).toBe(0)
  })

  test('a choice is answered with a click, once', async () => {
    const page = await visit(`${address}#${key}`)
    await write(page, 'What is there?')
    const options = [
      { label: 'The red one', value: 'red' },
      { label: 'The blue one', value: 'blue' },
    ]
    await answer('What is there?', 'choice', { text: 'Which one?', options })
    await page.getByRole('button', { name: 'The blue one' }).click()
    await lines(page).getByText('blue', { exact: true }).waitFor()
    expect(await page.getByRole('button', { name: 'The red one' }).isDisabled()).toBe(true)
    await answer('blue', 'dropdown', { text: 'And now?', options: [{ label: 'Nothing', value: 'nothing' }] })
    await page.getByRole('button', { name: 'Nothing' }).waitFor()
  })

  test('whatever a bot sends is shown, and nothing of it is run', async () => {
    const page = await visit(`${address}#${key}`)
    await write(page, 'Show me')
    const html = '<img src=x onerror="document.title = 1"><b>bold</b>'
    await answer('Show me', 'text', { text: html })
    await answer('Show me', 'markdown', { markdown: `*${html}*` })
    await answer('Show me', 'card', {
      title: html,
      actions: [
        { action: 'url', label: 'Run me', value: 'javascript:alert(1)' },
        { action: 'url', label: 'Read me', value: 'https://example.com/' },
        { action: 'say', label: html, value: 'said' },
      ],
    })
    await answer('Show me', 'carousel', { items: [{ title: 'First' }, { title: 'Second' }] })
    await answer('Show me', 'image', {
      imageUrl: 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=',
      title: 'A dot',
    })
    await answer('Show me', 'unheard-of', { any: ['thing'] })
    await answer('Show me', 'choice', { text: 7, options: 'none' })
    await lines(page).getByText('"options": "none"').waitFor()
    await lines(page).getByText(html, { exact: true }).first().waitFor()
    await lines(page).getByText('"thing"').waitFor()
    expect(await lines(page).locator('b').count()).toBe(0)
    expect(await page.getByRole('img', { name: 'A dot' }).count()).toBe(1)
    expect(await page.getByRole('link').allTextContents()).toEqual(['Read me'])
    expect(await page.title()).toBe('Emulator')
  })

  test('a connection that is lost comes back, and everything was heard once', async () => {
    const wire = await relayTo(server.place.url)
    onTestFinished(wire.close)
    const page = await visit(`${wire.url}${new URL(address).pathname}#${key}`)
    await write(page, 'Are you there?')
    await state(page, 'Connected')
    wire.cut()
    await state(page, 'Connection lost, trying again')
    await answer('Are you there?', 'text', { text: 'I am' })
    wire.mend()
    await state(page, 'Connected')
    await lines(page).getByText('I am', { exact: true }).waitFor()
    expect(await lines(page).count()).toBe(2)
  })

  /** The site of somebody who pasted this. */
  const homepage = async (code: string): Promise<string> => {
    const site = createServer((_, response) => response.setHeader('content-type', 'text/html').end(code))
    onTestFinished(() => void site.close())
    await once(site.listen(0, '127.0.0.1'), 'listening')
    return `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  }

  test.each(['preconfigured', 'configurable', 'fullscreen'])(
    'the webchat as %s brings it into the page of somebody else',
    async (type) => {
      const { code } = await officialClient('1.45.0', server.place).getBotWebchat({ id: botId, type })
      const page = await visit(await homepage(code))
      await write(page.frameLocator('iframe'), `Hello from ${type}`)
      expect(await lines(page.frameLocator('iframe')).count()).toBe(1)
    },
  )

  test('without a key it asks for one, and says what is wrong with it', async () => {
    const page = await visit(address)
    const give = async (token: string) => {
      await page.getByLabel('Key', { exact: true }).fill(token)
      await page.getByRole('button', { name: 'Open' }).click()
    }
    await give('bp_emu_nonsense')
    await page.getByRole('alert').getByText('token is not known').waitFor()
    await give(server.place.token)
    await state(page, 'Ready')
    await write(page, 'Hello from its owner')
    expect(await lines(page).count()).toBe(1)
  })
})
