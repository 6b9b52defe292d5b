import type { SigningKey } from '@understudy/contract'
import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { signingKeyRepository } from './signing-key.repository.ts'

/** The public keys that access tokens are verified with, newest first; none before the first token. */
export const listSigningKeys = (ctx: PlatformContext): Promise<SigningKey[]> =>
  signingKeyRepository.list(ctx, wallClock.now())
