import type { Readable } from 'node:stream'
import type { PlatformContext, WebhookAnswer } from '@understudy/core'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Where somebody lands who has authorized an integration. Integrations make this address themselves, too. */
export const interstitialUrl = async (
  { publicUrl }: PlatformContext,
  { status, body }: WebhookAnswer,
): Promise<string> => {
  const isSuccess = status < 400
  const query = new URLSearchParams({ success: String(isSuccess) })
  if (isSuccess) body.destroy()
  else query.set('errorMessage', messageIn(await beginningOf(body)) || `The integration answered ${status}.`)
  return `${publicUrl}/app/oauth/interstitial?${query.toString()}`
}

const MESSAGE_MAX = 500
const READ_MAX_BYTES = 64 * 1024

/** As much of it as could hold a message, or as came. */
const beginningOf = async (body: Readable): Promise<string> => {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      sizeBytes += chunk.length
      if (sizeBytes > READ_MAX_BYTES) break
    }
  } catch {
    // That it broke off changes nothing about what the status says.
  }
  return Buffer.concat(chunks).toString()
}

const messageIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { message?: unknown }
    return (typeof message === 'string' ? message : text).slice(0, MESSAGE_MAX)
  } catch {
    return text.slice(0, MESSAGE_MAX)
  }
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escaped = (text: string): string => text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? '')

const page = (title: string, text: string) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #222; background: #fff }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } }
</style>
</head>
<body>
<h1>${title}</h1>
<p>${text}</p>
</body>
</html>
`

/** The page that says whether an authorization worked. */
export const interstitial = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  const { success, errorMessage } = request.query as { success?: unknown; errorMessage?: unknown }
  const reason = typeof errorMessage === 'string' && errorMessage !== '' ? errorMessage : 'No reason was given.'
  const html =
    success === 'true'
      ? page('The integration is connected', 'You can close this window.')
      : page('The integration could not be connected', escaped(reason))
  return reply
    .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
    .type('text/html; charset=utf-8')
    .send(html)
}
