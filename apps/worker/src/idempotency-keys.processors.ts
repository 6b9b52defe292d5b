import { type idempotencyKeysJobs, type PlatformContext, sweepIdempotencyKeys } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const idempotencyKeysProcessors: Processors<typeof idempotencyKeysJobs, PlatformContext> = {
  'idempotency-keys.sweep': (_payload, platform) => sweepIdempotencyKeys(platform),
}
