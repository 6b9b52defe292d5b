import { makeKeyPair, type SigningKeyPair } from '@understudy/auth'
import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { signingKeyRepository } from './signing-key.repository.ts'

/** Held while keys change. Work under it uses Prisma alone: who holds it, or waits for it, has a connection of the other pool. */
export const KEYS_LOCK = 7_021_951

/** A new key that signs from now on, in place of the one before it, if any. The caller holds KEYS_LOCK. */
export const makeSigningKey = async (ctx: PlatformContext): Promise<SigningKeyPair> => {
  const pair = await makeKeyPair()
  await signingKeyRepository.replaceCurrent(ctx, pair, wallClock.now())
  return pair
}
