import { Refused, request } from './request.js'

/** The server sends something at least every 15 s: what is silent for longer than this is dead. */
const SILENCE_MS = 40_000
const RETRY_MS = [500, 1000, 2000, 5000]

/**
 * Hears every event of a stream once, through lost connections, until the signal ends it.
 * @param {{ key: string, signal: AbortSignal, hear: (event: object) => void, tell: (state: 'connecting' | 'connected' | 'lost') => void }} how
 * @throws {Refused} when the server does not let us listen
 */
export const listen = async (path, { key, signal, hear, tell }) => {
  let lastId
  let failures = 0
  tell('connecting')
  while (!signal.aborted) {
    try {
      for await (const { id, data } of events(path, { key, signal, lastId })) {
        failures = 0
        tell('connected')
        if (data === undefined) continue
        hear(JSON.parse(data))
        lastId = id ?? lastId
      }
    } catch (error) {
      if (error instanceof Refused && error.status < 500) throw error
    }
    if (signal.aborted) return
    tell('lost')
    await pause(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)], signal)
  }
}

/** The frames of one connection; one without data is only a sign of life. */
async function* events(path, { key, signal, lastId }) {
  const silence = new AbortController()
  let timer
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silence.abort(), SILENCE_MS)
  }
  alive()
  try {
    const answer = await request(path, {
      key,
      signal: AbortSignal.any([signal, silence.signal]),
      headers: lastId === undefined ? {} : { 'last-event-id': lastId },
    })
    let text = ''
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      alive()
      const frames = (text + part.value).split('\n\n')
      text = frames.pop()
      yield* frames.map(fieldsOf)
    }
  } finally {
    clearTimeout(timer)
  }
}

const fieldsOf = (frame) =>
  Object.fromEntries(
    frame.split('\n').map((line) => {
      const colon = line.indexOf(':')
      return [line.slice(0, colon), line.slice(colon + 1).trim()]
    }),
  )

const pause = (ms, signal) =>
  new Promise((over) => {
    setTimeout(over, ms)
    signal.addEventListener('abort', over, { once: true })
  })
