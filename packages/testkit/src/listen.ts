export type HeardEvent = { id: string | undefined; data: unknown }

/** A stream of server-sent events, as a program hears it. */
export type Listening = {
  status: number
  /** what has arrived so far */
  events: HeardEvent[]
  /** resolves when the server has ended it, or the connection is gone */
  over: Promise<void>
  hangUp: () => void
}

/** Opens a stream, and gathers its events as they arrive. */
export const listen = async (url: string, headers: Record<string, string>): Promise<Listening> => {
  const connection = new AbortController()
  const answer = await fetch(url, { headers, signal: connection.signal })
  const events: HeardEvent[] = []
  const gather = async (): Promise<void> => {
    let text = ''
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const frames = (text + part).split('\n\n')
      text = frames.pop() ?? ''
      events.push(...frames.filter((frame) => frame.includes('data: ')).map(toEvent))
    }
  }
  return {
    status: answer.status,
    events,
    over: gather().catch(() => {}),
    hangUp: () => connection.abort(),
  }
}

const toEvent = (frame: string): HeardEvent => ({
  id: /^id: (.*)$/m.exec(frame)?.[1],
  data: JSON.parse(/^data: (.*)$/m.exec(frame)?.[1] ?? 'null') as unknown,
})
