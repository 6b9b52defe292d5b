import { botsWithinReach } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'

/** Revokes a key of one of the workspace's bots. @throws ResourceNotFound */
export const deleteBotApiKey = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  const revoked = await tokenRepository.revoke(ctx, id, { bot: botsWithinReach(ctx) })
  if (!revoked) throw notFound('bot API key', id)
}
