import type { Credential } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { tokenRepository } from '../tokens/index.ts'

/** The caller's own tokens, newest first, without their values. */
export const listPersonalAccessTokens = (ctx: CallerContext): Promise<Credential[]> =>
  tokenRepository.list(ctx, { accountId: accountIdOf(ctx.caller) })
