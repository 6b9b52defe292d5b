import type { IssuedCredential } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { tokenRepository } from '../tokens/index.ts'

/** A token that stands for the caller's account; its value is shown this once. */
export const createPersonalAccessToken = (ctx: CallerContext, { note }: { note: string }): Promise<IssuedCredential> =>
  tokenRepository.issue(ctx, 'pat', { accountId: accountIdOf(ctx.caller) }, note)
