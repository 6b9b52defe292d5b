import type { Ping } from '@understudy/contract'
import { CallFailure } from '@understudy/runtime'
import { type Addressed, saidIn } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'

/** Somebody waits; what does not even answer this within so long is not well, however long real work may take it. */
const PING_MAX_MS = 10_000

/** Calls once and tells what came of it: that nobody answers is no error of whoever asks. @param who is called */
export const ping = async (
  { runtime }: PlatformContext,
  who: string,
  addressed: Addressed | null | undefined,
): Promise<Ping> => {
  if (!addressed)
    return { ...UNANSWERED, url: null, durationMs: 0, reason: `${who} runs nowhere: it has neither code nor a URL.` }
  const { url, timeoutMs } = addressed
  const startedAt = performance.now()
  const took = () => Math.round(performance.now() - startedAt)
  try {
    const call = { ...addressed, body: '{}', timeoutMs: Math.min(timeoutMs, PING_MAX_MS) }
    const { status, body } = await runtime.call(call)
    const ok = status >= 200 && status < 300
    const reason = ok ? null : [`${who} answered ${status}`, saidIn(body)].filter(Boolean).join(': ')
    return { ok, url, status, durationMs: took(), reason }
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error
    return { ...UNANSWERED, url, durationMs: took(), reason: error.message }
  }
}

const UNANSWERED = { ok: false, status: null } as const
