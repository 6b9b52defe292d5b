import type { IssuedCredential } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'

/** A token that stands for the caller's account; its value is shown this once. */
export const createPersonalAccessToken = async (
  ctx: CallerContext,
  { note }: { note: string },
): Promise<IssuedCredential> => {
  const accountId = accountIdOf(ctx.caller)
  const token = await tokenRepository.issue(ctx, 'pat', { accountId }, note)
  if (!token) throw notFound('account', accountId)
  return token
}
