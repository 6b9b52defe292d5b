import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'

/** Revokes one of the caller's own tokens. @throws ResourceNotFound */
export const deletePersonalAccessToken = async (ctx: CallerContext, id: string): Promise<void> => {
  const revoked = await tokenRepository.revoke(ctx, id, { accountId: accountIdOf(ctx.caller) })
  if (!revoked) throw notFound('personal access token', id)
}
