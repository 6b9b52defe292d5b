import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Closing } from '../closing.ts'
import { env } from '../env.ts'
import type { Heard, Question } from '../sink/protocol.ts'

const MAIN = fileURLToPath(new URL('../sink/main.js', import.meta.url))

/** What was not delivered by then will not be. */
const PATIENCE_MS = 120_000

/** Where everything is delivered to, in a process of its own. */
export type Sink = {
  url: string
  /** @throws when what it is to wait for does not come */
  ask: (question: Question) => Promise<Heard>
}

export const startSink = async (closing: Closing): Promise<Sink> => {
  const child = fork(MAIN, { env: { PATH: env.path } })
  const gone = once(child, 'exit')
  closing.add(async () => {
    child.kill()
    await gone
  })
  const said = async (): Promise<unknown> => {
    const [message] = (await once(child, 'message', { signal: AbortSignal.timeout(PATIENCE_MS) })) as unknown[]
    return message
  }
  const port = (await said()) as number
  return {
    url: `http://127.0.0.1:${port}`,
    ask: (question) => {
      const answer = said().catch((error: unknown) => {
        throw new Error(`${JSON.stringify(question)} was not answered by the sink.`, { cause: error })
      })
      child.send(question)
      return answer as Promise<Heard>
    },
  }
}
