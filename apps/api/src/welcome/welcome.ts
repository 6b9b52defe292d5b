import type { FastifyPluginAsync } from 'fastify'
import { protectPages } from '../http/protect-answers.ts'
import { OPEN } from '../http/unmet.ts'
import { VERSION } from './version.ts'

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Understudy</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #222; background: #fff }
a { color: #0b57d0 } code { background: #f2f2f2; padding: .1em .3em; border-radius: 3px }
@media (prefers-color-scheme: dark) { body { color: #ddd; background: #181818 } a { color: #8ab4f8 } code { background: #2a2a2a } }
</style>
</head>
<body>
<h1>Understudy</h1>
<p>This server speaks the Botpress Cloud API. Point a client, a bot, an integration or the command-line tool at this address.</p>
<ul>
<li><a href="/docs">The API, to read and to try</a></li>
<li><a href="/openapi.json">The same as an OpenAPI document</a></li>
</ul>
<p>The token and the ids of the demo bot stand where the server was started, and in <code>credentials.env</code> of its data directory.</p>
<p>Version ${VERSION}</p>
</body>
</html>
`

/** The page at `/`, for whoever opens the address in a browser. */
export const welcome: FastifyPluginAsync = async (app) => {
  await protectPages(app, { styleSrc: ["'unsafe-inline'"] })
  app.get('/', { config: OPEN }, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE))
}
