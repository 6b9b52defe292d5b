import type { Deployment, Said } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import { type LogLine, writeLogs } from '../logs/index.ts'

/** Lines are written together, so long after the first. */
const TOGETHER_MS = 200
/** As many as are kept while the database does not take them. */
const WAITING_MAX = 10_000

export type Lines = {
  /** @param bots whose log it may be */
  said: (deployment: Deployment, lines: readonly Said[], bots: ReadonlySet<string>) => void
  /** Writes what waits. */
  close: () => Promise<void>
}

/** Writes what deployed code says into the logs of bots. */
export const keepLines = (
  { db, clock }: Pick<PlatformContext, 'db' | 'clock'>,
  onError: (error: unknown) => void,
): Lines => {
  let waiting: LogLine[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<unknown> = Promise.resolve()

  const write = (): void => {
    timer = undefined
    const lines = waiting
    waiting = []
    // In order: one write after the other.
    writing = writing.then(() => writeLogs({ db, clock }, lines)).catch(onError)
  }
  return {
    said: (deployment, lines, bots) => {
      const saidAt = clock.now()
      for (const line of lines) {
        const entry = lineOf(deployment, line, bots)
        if (entry && waiting.length < WAITING_MAX) waiting.push({ ...entry, saidAt })
      }
      if (waiting.length > 0) timer ??= setTimeout(write, TOGETHER_MS)
    },
    close: async () => {
      clearTimeout(timer)
      write()
      await writing
    },
  }
}

/** Code of an integration serves several bots: only one that it was called for has its lines. */
const lineOf = (
  { kind, id }: Deployment,
  { level, message, botId: claimed, conversationId, userId, workflowId, visibleToBotOwner }: Said,
  bots: ReadonlySet<string>,
): LogLine | undefined => {
  const said = { level, message, conversationId, userId, workflowId }
  if (kind === 'bot') return { ...said, botId: id }
  const [only] = bots.size === 1 ? bots : []
  const botId = claimed !== undefined && bots.has(claimed) ? claimed : only
  if (botId === undefined || !isUuid(botId)) return undefined
  return { ...said, botId, integrationId: id, visibleToBotOwners: visibleToBotOwner ?? false }
}
