import { createRequire } from 'node:module'
import { setFlagsFromString } from 'node:v8'
import { Worker } from 'node:worker_threads'

/** What a script answered, and what it left of what it was given; or why it did not come to that. */
export type ScriptOutcome = { event: unknown; result: unknown } | { failure: string }

const require = createRequire(import.meta.url)

const RUN_MAX_MS = 2_000
/** The engine is 12 MB of WebAssembly; on a busy machine it takes its time to get ready. */
const READY_MAX_MS = 30_000
const IDLE_MS = 60_000

/** More than this many scripts would wait for minutes. */
const WAITING_MAX = 200

/** 128 MB, in pages of 64 KB: a script can double a text in every step. The flag is about whole processes. */
const MEMORY_MAX_PAGES = 2_048

// Not a file of its own: that would lie in different places in the sources and in what is built of them.
const PROGRAM = `
  const { parentPort, workerData } = require('node:worker_threads')
  const { execute } = require(workerData)
  parentPort.on('message', ({ script, data }) => {
    let outcome
    try {
      outcome = execute(script, data)
    } catch (error) {
      outcome = { failure: String(error.message), isBroken: error.name === 'RuntimeError' }
    }
    parentPort.postMessage(outcome)
  })
  parentPort.postMessage('ready')`

type Engine = { worker: Worker; ready: Promise<unknown> }

let engine: Engine | undefined
let idle: NodeJS.Timeout | undefined
let waiting = 0
let turn: Promise<unknown> = Promise.resolve()

/**
 * Runs a script somebody else wrote, in a thread of its own that ends where the script does not: one after the other, within
 * a limit of time and of memory. There is no way out of it to files, to the network or to the environment.
 */
export const execute = async (script: string, data: object): Promise<ScriptOutcome> => {
  if (waiting >= WAITING_MAX) return { failure: 'Too many scripts are waiting: try again.' }
  waiting++
  const outcome = turn.then(() => executeNow(script, data))
  turn = outcome.catch(() => {})
  return outcome.finally(() => waiting--)
}

const executeNow = async (script: string, data: object): Promise<ScriptOutcome> => {
  clearTimeout(idle)
  engine ??= start()
  const { worker, ready } = engine
  try {
    await within(READY_MAX_MS, ready)
    const answer = nextMessage(worker)
    worker.postMessage({ script, data })
    const outcome = (await within(RUN_MAX_MS, answer)) as ScriptOutcome & { isBroken?: boolean }
    if (outcome.isBroken) {
      stop(worker)
      return { failure: 'The script needs more memory than it may have.' }
    }
    return outcome
  } catch (error) {
    stop(worker)
    return { failure: (error as Error).message }
  } finally {
    idle = setTimeout(() => engine && stop(engine.worker), IDLE_MS).unref()
  }
}

const start = (): Engine => {
  setFlagsFromString(`--wasm-max-mem-pages=${MEMORY_MAX_PAGES}`)
  const path = require.resolve('@bpinternal/verel')
  const worker = new Worker(PROGRAM, { eval: true, workerData: path, env: {} })
  worker.unref()
  return { worker, ready: nextMessage(worker) }
}

const stop = (worker: Worker): void => {
  if (engine?.worker === worker) engine = undefined
  void worker.terminate()
}

const nextMessage = (worker: Worker): Promise<unknown> => {
  const answer = new Promise<unknown>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  // It may come when nobody waits for it any more.
  answer.catch(() => {})
  return answer
}

const within = async <T>(ms: number, promise: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The script did not end within ${ms} ms.`)), ms)
  })
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
