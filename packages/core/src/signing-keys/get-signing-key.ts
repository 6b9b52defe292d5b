import type { SigningKeyPair } from '@understudy/auth'
import type { PlatformContext } from '../context.ts'
import { KEYS_LOCK, makeSigningKey } from './make-signing-key.ts'
import { signingKeyRepository } from './signing-key.repository.ts'

/** The key that signs access tokens now; the first time it is asked for, by however many processes, it is made. */
export const getSigningKey = async (ctx: PlatformContext): Promise<SigningKeyPair> =>
  (await signingKeyRepository.findCurrent(ctx)) ??
  ctx.db.exclusively(
    KEYS_LOCK,
    async () => (await signingKeyRepository.findCurrent(ctx)) ?? (await makeSigningKey(ctx)),
  )
