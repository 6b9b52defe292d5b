import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { setPriority } from 'node:os'
import type { Readable, Writable } from 'node:stream'
import { CallFailure } from '../call-failure.ts'
import type { Program } from './deployment.ts'
import { INHERITED } from './env.ts'
import type { DeploymentLimits } from './limits.ts'
import { listenTo } from './listen-to.ts'
import type { MemoryWatch } from './memory-watch.ts'
import { nodeFlags } from './node-flags.ts'
import type { OrphanGuard } from './orphan-guard.ts'
import type { Said } from './said.rules.ts'

/** What looks after all processes. */
export type Care = { limits: DeploymentLimits; memory: MemoryWatch; orphans: OrphanGuard }

export type Start = {
  program: Program
  /** as a sentence names what runs */
  who: string
  care: Care
  said: (lines: Said[]) => void
}

/** A process that runs deployed code and listens on this machine. */
export type DeploymentProcess = {
  pid: number
  /** `http://127.0.0.1:<port>` */
  origin: string
  /** what it takes calls with, and from nobody who does not know them */
  headers: Readonly<Record<string, string>>
  /** Why it ended, as who waits for an answer is told. Never rejects. */
  ended: Promise<CallFailure>
  /** Ends it at once. @param why for whoever waits for an answer, where it is not our own wish */
  end: (why?: CallFailure) => void
}

/** Said of what it could not load. */
const REASON_MAX = 1_000

/**
 * Starts a process for deployed code and waits until it is ready.
 * @throws CallFailure `not-started` saying why; then nothing is left of it
 */
export const startProcess = async ({ program, who, care, said }: Start): Promise<DeploymentProcess> => {
  const { limits } = care
  const key = randomBytes(24).toString('base64url')
  const child = spawn(process.execPath, nodeFlags(limits), {
    cwd: '/',
    env: INHERITED,
    stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  })
  const ended = endOf(child, who, limits)
  const { pid } = child
  if (pid === undefined) throw notStarted((await ended.failure).message)
  lower(pid)
  care.orphans.add(pid)
  const unwatch = care.memory.watch(pid, limits.memoryBytes, () => ended.end(outOfMemory(who, limits.memoryBytes)))
  void ended.failure.then(() => {
    unwatch()
    care.orphans.remove(pid)
  })
  const [input, output, errors, news] = child.stdio as unknown as [Writable, Readable, Readable, Readable]
  listenTo(
    [
      { stream: output, level: 'info' },
      { stream: errors, level: 'error' },
    ],
    {
      limits,
      said,
      flooded: () =>
        ended.end(crashed(`${who} was ended: it printed more than ${limits.floodBytesPerMinute} bytes in a minute.`)),
    },
  )
  // It may end before it has read everything.
  input.on('error', () => {})
  input.write(`${JSON.stringify({ key, environment: program.environment, sizeBytes: program.code.length })}\n`)
  input.write(program.code)

  const late = setTimeout(
    () => ended.end(notStarted(`${who} cannot be started: its code was not loaded within ${limits.startMs} ms.`)),
    limits.startMs,
  )
  const port = await Promise.race([portIn(news), ended.failure])
  clearTimeout(late)
  // Nobody reads any more what it may say there.
  news.destroy()
  if (typeof port === 'number')
    return {
      pid,
      origin: `http://127.0.0.1:${port}`,
      headers: { [KEY_HEADER]: key },
      ended: ended.failure,
      end: ended.end,
    }
  ended.end()
  await ended.failure
  throw notStarted(
    port instanceof CallFailure ? port.message : `${who} cannot be started: ${port.message.slice(0, REASON_MAX)}`,
  )
}

const KEY_HEADER = 'x-understudy-key'
/** Answered by the host itself, as long as it reacts at all. */
export const PROBE_HEADERS = { 'x-understudy-probe': '1' } as const

const notStarted = (message: string) => new CallFailure('not-started', message)
const crashed = (message: string) => new CallFailure('crashed', message)
const outOfMemory = (who: string, memoryBytes: number) =>
  crashed(`${who} was ended: it took more than ${memoryBytes} bytes of memory.`)

/** Code that computes without end leaves more than half of the machine to others. */
const NICENESS = 5

const lower = (pid: number): void => {
  try {
    setPriority(pid, NICENESS)
  } catch {
    // It has ended already, or the machine does not let us.
  }
}

/** How a process ends, whoever ends it. */
const endOf = (child: ChildProcess, who: string, { heapMb }: DeploymentLimits) => {
  let why: CallFailure | undefined
  const failure = new Promise<CallFailure>((resolve) => {
    child.once('error', (error) => resolve(why ?? crashed(`${who} could not be started: ${error.message}.`)))
    child.once('exit', (code, signal) => {
      // V8 ends a process that has filled its heap by an abort.
      if (signal === 'SIGABRT')
        why ??= crashed(`${who} ended: it ran out of memory (${heapMb} MB for objects), or aborted.`)
      resolve(
        why ?? crashed(`${who} ended ${signal ? `by ${signal}` : `with exit code ${code}`} before it could answer.`),
      )
    })
  })
  const end = (reason?: CallFailure): void => {
    why ??= reason
    child.kill('SIGKILL')
  }
  return { failure, end }
}

/** Longest thing a process may say of its start. */
const NEWS_MAX = 64 * 1024

/** The port it says it listens on, or the error it says it has. Pending for ever when it says nothing. */
const portIn = (news: Readable): Promise<number | Error> =>
  new Promise((resolve) => {
    let text = ''
    news.on('error', () => {})
    news.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const end = text.indexOf('\n')
      if (end !== -1) resolve(newsOf(text.slice(0, end)))
      else if (text.length > NEWS_MAX) resolve(new Error('it says nothing that could be understood.'))
    })
  })

const newsOf = (line: string): number | Error => {
  try {
    const { port, error } = JSON.parse(line) as { port?: unknown; error?: unknown }
    if (typeof error === 'string') return new Error(error)
    if (typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536) return port
  } catch {
    // falls through
  }
  return new Error('it says nothing that could be understood.')
}
