import type { WebchatType } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { emulatorUrl } from '../emulator-keys/index.ts'
import { notFound } from '../errors.ts'
import { botRepository } from './bot.repository.ts'

/**
 * What to paste, open or send in order to let anybody talk to a bot, by type. All four lead to the page of the bot's
 * emulator here, with a key of it.
 * @throws ResourceNotFound
 */
export const getBotWebchat = async (ctx: WorkspaceContext, id: string, type: WebchatType): Promise<string> => {
  const bot = await botRepository.find(ctx, id)
  if (!bot) throw notFound('bot', id)
  return CODE[type]({ url: emulatorUrl(ctx, bot.id), title: bot.name })
}

type Webchat = { url: string; title: string }

const CODE: Record<WebchatType, (webchat: Webchat) => string> = {
  preconfigured: ({ url, title }) =>
    `<iframe src="${html(url)}" title="${html(title)}" style="position: fixed; right: 1rem; bottom: 1rem; width: min(24rem, calc(100vw - 2rem)); height: min(36rem, calc(100vh - 2rem)); border: 1px solid #8884; border-radius: 0.75rem"></iframe>`,
  configurable: ({ url, title }) => `<div id="webchat"></div>
<script>
  {
    const options = ${script({ url, title, element: '#webchat', width: '100%', height: '36rem' })}
    const frame = document.createElement('iframe')
    frame.src = options.url
    frame.title = options.title
    frame.style.cssText = 'border: 0; width: ' + options.width + '; height: ' + options.height
    document.querySelector(options.element).append(frame)
  }
</script>`,
  fullscreen: ({ url, title }) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${html(title)}</title>
<style>html, body, iframe { display: block; margin: 0; border: 0; width: 100%; height: 100% }</style>
</head>
<body>
<iframe src="${html(url)}" title="${html(title)}"></iframe>
</body>
</html>
`,
  sharableUrl: ({ url }) => url,
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text inside HTML, between tags or between double quotes. */
const html = (text: string): string => text.replaceAll(/[&<>"]/g, (char) => ENTITIES[char] ?? char)

/** A value inside a script: nothing in it can end the script. */
const script = (value: object): string =>
  JSON.stringify(value, null, 2).replaceAll('<', '\\u003c').replaceAll('\n', '\n    ')
