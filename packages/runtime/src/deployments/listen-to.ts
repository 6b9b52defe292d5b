import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'
import type { DeploymentLimits } from './limits.ts'
import { type Said, type SaidLevel, saidBy } from './said.rules.ts'

export type Listening = {
  limits: Pick<DeploymentLimits, 'logBytesPerMinute' | 'floodBytesPerMinute'>
  /** told of what was said, in order */
  said: (lines: Said[]) => void
  /** told, once, that it is so much that reading it costs others */
  flooded: () => void
}

/** Of a line that does not end, this much is kept. */
const UNFINISHED_MAX = 64 * 1024
const MINUTE_MS = 60_000

/** Reads what a process prints. It is read to its end always: who stopped reading would stop the process. */
export const listenTo = (
  streams: readonly { stream: Readable; level: SaidLevel }[],
  { limits, said, flooded }: Listening,
): void => {
  let minute = { since: performance.now(), bytes: 0, isTold: false }
  let isFlooded = false

  /** @returns whether there is room for so much more */
  const hasRoom = (bytes: number): boolean => {
    if (performance.now() - minute.since > MINUTE_MS) minute = { since: performance.now(), bytes: 0, isTold: false }
    minute.bytes += bytes
    if (minute.bytes > limits.floodBytesPerMinute && !isFlooded) {
      isFlooded = true
      flooded()
    }
    return minute.bytes <= limits.logBytesPerMinute
  }
  const cutOff = (): void => {
    if (minute.isTold) return
    minute.isTold = true
    said([
      { level: 'warn', message: `Only ${limits.logBytesPerMinute} bytes a minute are kept; the rest was left out.` },
    ])
  }

  for (const { stream, level } of streams) {
    const decoder = new StringDecoder('utf8')
    let unfinished = ''
    const tell = (lines: string[]) => {
      const told = lines.map((line) => saidBy(line, level)).filter((one) => one !== undefined)
      if (told.length > 0) said(told)
    }
    stream.on('data', (chunk: Buffer) => {
      if (!hasRoom(chunk.length)) {
        unfinished = ''
        return cutOff()
      }
      const lines = `${unfinished}${decoder.write(chunk)}`.split('\n')
      unfinished = lines.pop() ?? ''
      if (unfinished.length > UNFINISHED_MAX) {
        lines.push(unfinished)
        unfinished = ''
      }
      tell(lines)
    })
    stream.on('end', () => tell([unfinished]))
    stream.on('error', () => {})
  }
}
