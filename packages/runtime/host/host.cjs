'use strict'
// The program of a process that runs deployed code: it is given the code and its environment over stdin, loads it, says over
// the pipe 3 on which port it listens, and hands calls on to the code's handler until stdin ends, which is when the server is gone.
// Plain JavaScript without imports of ours: nothing else lies where this process may read.

const { AsyncLocalStorage } = require('node:async_hooks')
const { timingSafeEqual } = require('node:crypto')
const { writeSync } = require('node:fs')
const { createServer } = require('node:http')
const Module = require('node:module')
const os = require('node:os')
const { format } = require('node:util')

const READY_FD = 3
const KEY_HEADER = 'x-understudy-key'
const PROBE_HEADER = 'x-understudy-probe'
/** The configuration of a bot travels in a header. */
const HEADERS_MAX_BYTES = 1024 * 1024
/** Longer than the server keeps a connection, so that it is never the one who closes first. */
const KEEP_ALIVE_MS = 120_000

/** The bot for which a line is written, of an integration that serves several. */
const serving = new AsyncLocalStorage()

const say = (level, text) => {
  process.stdout.write(`${JSON.stringify({ understudy: level, botId: serving.getStore(), text })}\n`)
}

const LEVELS = { debug: 'debug', trace: 'debug', log: 'info', info: 'info', warn: 'warn', error: 'error' }

/** What is printed keeps its level, and stays one record however many lines it has. */
const tellByLevel = () => {
  for (const [method, level] of Object.entries(LEVELS)) console[method] = (...words) => say(level, format(...words))
}

/** Node's permissions do not cover what one process may do to another of the same user. */
const keepToItself = () => {
  const refuse = (name) => () => {
    throw Object.assign(new Error(`${name} is not allowed in deployed code`), { code: 'ERR_ACCESS_DENIED' })
  }
  for (const name of ['kill', '_kill', '_debugProcess', '_debugEnd', 'binding', '_linkedBinding', 'dlopen'])
    Object.defineProperty(process, name, { value: refuse(`process.${name}`) })
  os.setPriority = refuse('os.setPriority')
  Module.syncBuiltinESMExports()
}

/** @returns the object whose `handler` it is */
const load = (code) => {
  const bundle = new Module('bundle.cjs')
  bundle.filename = 'bundle.cjs'
  bundle.paths = []
  bundle._compile(code, 'bundle.cjs')
  let place = bundle.exports
  for (let depth = 0; depth < 3 && place; depth++) {
    if (typeof place.handler === 'function') return place
    place = place.default
  }
  throw new Error('The code exports no function named "handler"; it has to be CommonJS.')
}

const requestOf = ({ method, url, headers }, body) => {
  const { [KEY_HEADER]: _key, ...told } = headers
  const { pathname, search } = new URL(url, 'http://localhost')
  return { method, path: pathname, query: search.slice(1), headers: told, ...(body === '' ? {} : { body }) }
}

const answerOf = (answer) => {
  const { status = 200, headers = {}, body } = answer ?? {}
  if (!Number.isInteger(status) || status < 200 || status > 599 || typeof headers !== 'object')
    throw new Error('The handler answered something that is not { status?, headers?, body? }.')
  const content = body === undefined || body === null ? '' : body
  return {
    status,
    headers: headers ?? {},
    content: typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  }
}

const messageOf = (error) => (error instanceof Error ? error.message : format(error))

const serve = (place, key) => {
  const expected = Buffer.from(key)
  const isOurs = (given) =>
    typeof given === 'string' && given.length === key.length && timingSafeEqual(Buffer.from(given), expected)
  const answer = async (request, response) => {
    if (!isOurs(request.headers[KEY_HEADER])) return response.writeHead(403).end()
    if (request.headers[PROBE_HEADER]) return response.writeHead(204).end()
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const told = requestOf(request, Buffer.concat(chunks).toString())
    await serving.run(request.headers['x-bot-id'], async () => {
      try {
        const { status, headers, content } = answerOf(await place.handler(told))
        response.writeHead(status, headers).end(content)
      } catch (error) {
        say('error', error instanceof Error ? (error.stack ?? error.message) : format(error))
        if (response.headersSent) return response.destroy()
        const body = JSON.stringify({ code: 500, type: 'Runtime', message: messageOf(error) })
        for (const name of response.getHeaderNames()) response.removeHeader(name)
        response.writeHead(500, { 'content-type': 'application/json' }).end(body)
      }
    })
  }
  const server = createServer(
    { maxHeaderSize: HEADERS_MAX_BYTES, requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS },
    (request, response) => {
      // Who called is gone: nobody is left to be told.
      answer(request, response).catch(() => response.destroy())
    },
  )
  server.listen(0, '127.0.0.1', () => announce({ port: server.address().port }))
}

const announce = (news) => writeSync(READY_FD, `${JSON.stringify(news)}\n`)

const fail = (error) => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : format(error)
  say('error', stack)
  announce({ error: messageOf(error) })
  process.exit(1)
}

const begin = ({ key, environment }, code) => {
  tellByLevel()
  keepToItself()
  for (const [name, value] of Object.entries(environment)) process.env[name] = value
  const crash = (error) => {
    // Code that has a listener of its own decides itself.
    if (process.listenerCount('uncaughtException') > 1) return
    say('error', error instanceof Error ? (error.stack ?? error.message) : format(error))
    process.exit(1)
  }
  let place
  try {
    place = load(code)
  } catch (error) {
    fail(error)
  }
  process.on('uncaughtException', crash)
  serve(place, key)
}

/** A line of JSON that says how many bytes of code follow it. */
const receive = () => {
  let waiting = []
  let sizeBytes = 0
  let head
  const take = (chunk) => {
    waiting.push(chunk)
    sizeBytes += chunk.length
    if (!head) {
      const end = chunk.indexOf(10)
      if (end === -1) return
      const bytes = Buffer.concat(waiting)
      const place = bytes.indexOf(10)
      head = JSON.parse(bytes.subarray(0, place).toString())
      waiting = [bytes.subarray(place + 1)]
      sizeBytes = waiting[0].length
    }
    if (sizeBytes < head.sizeBytes) return
    process.stdin.off('data', take)
    process.stdin.resume()
    const code = Buffer.concat(waiting).toString()
    waiting = []
    begin(head, code)
  }
  process.stdin.on('data', take)
  process.stdin.on('end', () => process.exit(0))
}

receive()
