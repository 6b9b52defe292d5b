import type { SigningKey } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { KEYS_LOCK, makeSigningKey } from './make-signing-key.ts'

/** Signs with a new key from now on. The old one verifies until the last token it signed has expired. */
export const rotateSigningKeys = (ctx: PlatformContext): Promise<SigningKey> =>
  ctx.db.exclusively(KEYS_LOCK, async () => (await makeSigningKey(ctx)).publicKey)
