import type { Principal } from '@understudy/auth'
import type { BotContext, CallerContext, PlatformContext, WorkspaceContext } from '../context.ts'
import type { Owed } from '../doorbell/index.ts'
import { alreadyExists, resourceLocked } from '../errors.ts'
import { idempotencyKeyRepository, type KeptAnswer, type KeyPlace } from './idempotency-key.repository.ts'

/** A request that may be sent again. */
export type RepeatableRequest = {
  /** what the caller calls it by */
  key: string
  /** everything that tells it from another one */
  contents: unknown
}

/** What is answered: an HTTP status and a body that is JSON. */
export type Answer = { status: number; body: unknown }

const KEPT_MS = 24 * 60 * 60 * 1000

/**
 * Does what is asked and keeps the answer, in one transaction: either both last, or neither does. Who asks again under the
 * same key within a day gets the answer that was kept, and nothing is done. What throws keeps nothing: the key is free.
 * @param act answers, with a context whose every statement belongs to that transaction
 * @throws AlreadyExists when the key stands for another request; ResourceLockedConflict while the first one is still running
 */
export const answerOnce = async <Ctx extends CallerContext>(
  ctx: Ctx,
  { key, contents }: RepeatableRequest,
  act: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> => {
  // What is rung for is there for others only after the commit.
  const rings: Owed[] = []
  const doorbell = { ...ctx.doorbell, ring: (owed: Owed) => void rings.push(owed) }
  const acts: ((platform: PlatformContext) => Promise<void>)[] = []
  const afterCommit = (later: (platform: PlatformContext) => Promise<void>) => void acts.push(later)
  const answer = await ctx.db.asOne(async (db) => {
    const joined = { ...ctx, db, doorbell, afterCommit }
    const place = placeOf(ctx, key)
    const { taken, kept } = await idempotencyKeyRepository.claim(joined, place)
    if (!taken) throw resourceLocked(`A request with the idempotency-key "${key}" is still running: try again.`)
    return answerOf(joined, place, { key, contents }, kept, act)
  })
  for (const owed of rings) ctx.doorbell.ring(owed)
  for (const later of acts) await later(ctx)
  return answer
}

/**
 * The same for what calls somebody else while it runs: in no transaction, so that nothing is held meanwhile and whoever is
 * called sees what was written. Who asks again after an answer gets that answer; who asks again before it, or after a crash,
 * may have it done twice.
 * @throws AlreadyExists when the key stands for another request
 */
export const answerOnceOutside = async <Ctx extends CallerContext>(
  ctx: Ctx,
  request: RepeatableRequest,
  act: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> => {
  const place = placeOf(ctx, request.key)
  const { kept } = await idempotencyKeyRepository.claim(ctx, place)
  return answerOf(ctx, place, request, kept, act)
}

/** What was kept for this very request, or else what is done now, kept. */
const answerOf = async <Ctx extends CallerContext>(
  ctx: Ctx,
  place: KeyPlace,
  { key, contents }: RepeatableRequest,
  kept: KeptAnswer | undefined,
  act: (ctx: Ctx) => Promise<Answer>,
): Promise<Answer & { replayed: boolean }> => {
  const text = JSON.stringify(contents)
  if (kept) {
    if (!ctx.secrets.verify(kept.fingerprint, text))
      throw alreadyExists(`The idempotency-key "${key}" was used for another request`)
    return { ...(JSON.parse(ctx.secrets.open(kept.sealedAnswer)) as Answer), replayed: true }
  }
  const made = await act(ctx)
  await idempotencyKeyRepository.keep(ctx, place, {
    fingerprint: ctx.secrets.sign(text),
    sealedAnswer: ctx.secrets.seal(JSON.stringify(made)),
    expiresAt: new Date(ctx.clock.now().getTime() + KEPT_MS),
  })
  return { ...made, replayed: false }
}

/** Keys are a caller's own, within the bot or the workspace it works on. */
const placeOf = (ctx: CallerContext & Partial<WorkspaceContext & BotContext>, key: string): KeyPlace => {
  const callerId = idOf(ctx.caller)
  const acting = ctx.installation ? `/${ctx.installation.id}` : ''
  return {
    tenantId: ctx.bot?.id ?? ctx.workspaceId ?? callerId,
    caller: `${ctx.caller.kind}:${callerId}${acting}`,
    key,
  }
}

const idOf = (caller: Principal): string => {
  switch (caller.kind) {
    case 'account':
      return caller.accountId
    case 'bot':
    case 'emulator':
      return caller.botId
    case 'integration':
      return caller.familyId
  }
}
