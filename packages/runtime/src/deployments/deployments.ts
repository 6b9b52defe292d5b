import { buildConnector } from 'undici'
import type { CallAnswer } from '../call.ts'
import { CallFailure } from '../call-failure.ts'
import { keepConnections } from '../connections.ts'
import { exchange } from '../exchange.ts'
import { type OpenExchange, openExchange } from '../open-exchange.ts'
import type { Bounds, Request } from '../send-request.ts'
import { type Deployment, type Program, placeOf, whoIs } from './deployment.ts'
import { DEPLOYMENT_LIMITS, type DeploymentLimits } from './limits.ts'
import { watchMemory } from './memory-watch.ts'
import { guardOrphans } from './orphan-guard.ts'
import { createRoom } from './room.ts'
import type { Said } from './said.rules.ts'
import { type DeploymentProcess, PROBE_HEADERS, startProcess } from './start-process.ts'
import { inTime, obituary } from './wait-for-process.ts'

export type DeploymentCall = { headers: Readonly<Record<string, string>>; body: string }

/** Where deployed code runs. */
export type Deployments = {
  /**
   * Calls deployed code, which is started for it unless it runs.
   * @throws CallFailure when there is no answer; what `load` throws
   */
  call: (deployment: Deployment, call: DeploymentCall, bounds: Bounds) => Promise<CallAnswer>
  /**
   * The same, but answers as soon as the head of the answer is there.
   * @throws as `call`
   */
  open: (deployment: Deployment, call: DeploymentCall, bounds: Bounds) => Promise<OpenExchange>
  /** How many of its processes there are, of this one. */
  processes: () => number
  /** Waits for the calls that run, makes no others, and ends every process. */
  close: () => Promise<void>
}

export type OpenDeployments = {
  /** Fetches code and environment: once per process, not per call. Undefined: there is none any more. */
  load: (deployment: Deployment) => Promise<Program | undefined>
  /** Told of what code prints. @param bots those it was called for: it may speak of no others */
  said: (deployment: Deployment, lines: Said[], bots: ReadonlySet<string>) => void
  limits?: Partial<DeploymentLimits> | undefined
}

/** A process of one version, from the first call that needs it to its end. */
type Runner = {
  deployment: Deployment
  process: Promise<DeploymentProcess>
  /** those under way, and those that wait for it to start */
  calls: number
  usedAt: number
  /** whether it is there, and may be ended when nobody needs it */
  isReady: boolean
  isRetired: boolean
  bots: Set<string>
}

type Place = {
  current: Runner | undefined
  /** Versions that came before it: who still asks for one gets the current one. */
  past: string[]
  calledAt: number
  /** why the latest version could not be started, and until when that is the answer */
  failed?: { version: string; failure: CallFailure; until: number } | undefined
}

const PAST_MAX = 16
const LOOK_EVERY_MS = 1_000

/**
 * Runs deployed code in processes of its own, one per bot and per version of an integration: started on first use, kept warm,
 * ended when idle, replaced when a call names another version, which drops no call: the old one finishes what it has.
 */
export const openDeployments = ({ load, said, limits: given = {} }: OpenDeployments): Deployments => {
  const limits = { ...DEPLOYMENT_LIMITS, ...given }
  const care = { limits, memory: watchMemory(), orphans: guardOrphans() }
  // No guard: these are addresses we have from the processes we started, and no URL leads to them.
  const connections = keepConnections(buildConnector({ timeout: limits.probeMs }))
  const places = new Map<string, Place>()
  const runners = new Set<Runner>()
  let isClosed = false
  let whenIdle = (): void => {}

  const idleLongest = (): Runner | undefined =>
    [...runners].filter(({ calls, isReady }) => calls === 0 && isReady).toSorted((a, b) => a.usedAt - b.usedAt)[0]
  const room = createRoom(limits.processes, () => {
    const oldest = idleLongest()
    if (oldest) retire(oldest)
  })

  /** No new calls come to it; it ends after its last one. */
  const retire = (runner: Runner): void => {
    runner.isRetired = true
    const place = places.get(placeOf(runner.deployment))
    if (place?.current === runner) place.current = undefined
    if (runner.calls === 0 && runner.isReady) void runner.process.then(({ end }) => end())
  }

  const start = (deployment: Deployment): Runner => {
    const runner: Runner = {
      deployment,
      process: begin(deployment, (lines) => said(deployment, lines, runner.bots)),
      calls: 0,
      usedAt: performance.now(),
      isReady: false,
      isRetired: false,
      bots: new Set(deployment.kind === 'bot' ? [deployment.id] : []),
    }
    runners.add(runner)
    const gone = (): void => {
      runners.delete(runner)
      if (!runner.isRetired) retire(runner)
      room.give()
      if (runners.size === 0) whenIdle()
    }
    runner.process.then(
      ({ ended }) => {
        runner.isReady = true
        void ended.then(gone)
        settle(runner)
      },
      (error: unknown) => {
        if (error instanceof CallFailure) {
          const place = placeFor(deployment)
          place.failed = { version: deployment.version, failure: error, until: performance.now() + limits.pauseMs }
        }
        gone()
      },
    )
    return runner
  }

  const begin = async (deployment: Deployment, hear: (lines: Said[]) => void): Promise<DeploymentProcess> => {
    await room.take()
    if (isClosed) throw closing(deployment)
    const program = await load(deployment)
    const who = whoIs(deployment)
    if (!program) throw new CallFailure('not-started', `${who} has no code any more.`)
    return startProcess({ program, who, care, said: hear })
  }

  const placeFor = (deployment: Deployment): Place => {
    const name = placeOf(deployment)
    const place = places.get(name) ?? { current: undefined, past: [], calledAt: 0 }
    place.calledAt = performance.now()
    places.set(name, place)
    return place
  }

  const runnerFor = (deployment: Deployment): Runner => {
    const place = placeFor(deployment)
    const { current, failed } = place
    if (current && (current.deployment.version === deployment.version || place.past.includes(deployment.version)))
      return current
    if (failed?.version === deployment.version && failed.until > performance.now()) throw failed.failure
    if (current) {
      place.past = [...place.past, current.deployment.version].slice(-PAST_MAX)
      retire(current)
    }
    place.failed = undefined
    place.current = start(deployment)
    return place.current
  }

  /** What is to be done once a runner has nothing to do. */
  const settle = (runner: Runner): void => {
    if (runner.calls > 0) return
    if (runner.isReady && (runner.isRetired || room.isWanted)) retire(runner)
    if (isClosed) whenIdle()
  }

  /** Who let a call run out of time may be stuck: it gets no new calls, and is ended at once if it does not react at all. */
  const suspect = async (runner: Runner, { origin, headers, end }: DeploymentProcess): Promise<void> => {
    retire(runner)
    const who = whoIs(runner.deployment)
    const probe = { origin, host: who, path: '/', headers: { ...headers, ...PROBE_HEADERS }, body: '' }
    const bounds = { timeoutMs: limits.probeMs, responseMaxBytes: 1024, signal: undefined, onSent: undefined }
    await exchange(connections, probe, bounds).catch(() => {
      end(new CallFailure('crashed', `${who} was ended: it did not react any more.`))
    })
  }

  const looking = setInterval(() => {
    const before = performance.now() - limits.idleMs
    for (const runner of runners) if (runner.isReady && runner.calls === 0 && runner.usedAt < before) retire(runner)
    for (const [name, { current, calledAt }] of places) if (!current && calledAt < before) places.delete(name)
  }, LOOK_EVERY_MS).unref()

  /**
   * Has a request made of the process that runs this code.
   * @param overOf when an answer is over, and the process has nothing more to do with it
   */
  const reach = async <T>(
    deployment: Deployment,
    { headers, body }: DeploymentCall,
    signal: AbortSignal | undefined,
    request: (request: Request) => Promise<T>,
    overOf: (answer: T) => Promise<Error | undefined>,
  ): Promise<T> => {
    const who = whoIs(deployment)
    if (isClosed) throw closing(deployment)
    const runner = runnerFor(deployment)
    runner.calls++
    const botId = headers['x-bot-id']
    if (botId !== undefined) runner.bots.add(botId)
    let over = Promise.resolve<Error | undefined>(undefined)
    try {
      const process = await inTime(runner.process, who, { timeoutMs: limits.waitMs, signal })
      const failed = (error: Error | undefined): void => {
        if (error instanceof CallFailure && error.reason === 'timeout') void suspect(runner, process)
      }
      try {
        const { origin, headers: own } = process
        const answer = await request({ origin, host: who, path: '/', headers: { ...headers, ...own }, body })
        over = overOf(answer)
        void over.then(failed)
        return answer
      } catch (error) {
        if (!(error instanceof CallFailure)) throw error
        failed(error)
        throw (isBroken(error) && (await obituary(process))) || error
      }
    } finally {
      void over.then(() => {
        runner.calls--
        runner.usedAt = performance.now()
        settle(runner)
      })
    }
  }

  return {
    call: async (deployment, call, bounds) => {
      const startedAt = performance.now()
      const request = (made: Request) => exchange(connections, made, bounds)
      const answer = await reach(deployment, call, bounds.signal, request, async () => undefined)
      return { ...answer, durationMs: Math.round(performance.now() - startedAt) }
    },
    open: (deployment, call, bounds) =>
      reach(
        deployment,
        call,
        bounds.signal,
        (made) => openExchange(connections, made, bounds),
        ({ over }) => over,
      ),
    processes: () => runners.size,
    close: async () => {
      isClosed = true
      clearInterval(looking)
      while ([...runners].some(({ calls }) => calls > 0)) await new Promise<void>((resolve) => (whenIdle = resolve))
      for (const runner of runners) {
        if (!runner.isRetired) retire(runner)
        void runner.process.then(
          ({ end }) => end(),
          () => {},
        )
      }
      while (runners.size > 0) await new Promise<void>((resolve) => (whenIdle = resolve))
      await connections.close()
      care.orphans.close()
    },
  }
}

const closing = (deployment: Deployment) =>
  new CallFailure('aborted', `${whoIs(deployment)} was not called any more: this server is closing.`)

const isBroken = ({ reason }: CallFailure): boolean =>
  reason === 'cut' || reason === 'refused' || reason === 'unreachable'
