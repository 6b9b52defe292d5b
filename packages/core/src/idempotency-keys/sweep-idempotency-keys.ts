import type { PlatformContext } from '../context.ts'
import { idempotencyKeyRepository } from './idempotency-key.repository.ts'

/** Forgets the answers whose time is over. Safe to run twice and side by side. */
export const sweepIdempotencyKeys = (platform: PlatformContext): Promise<void> =>
  idempotencyKeyRepository.sweep(platform)
