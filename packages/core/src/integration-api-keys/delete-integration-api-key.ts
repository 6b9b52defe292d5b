import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'

/** Revokes a key of one of the workspace's integrations. @throws ResourceNotFound */
export const deleteIntegrationApiKey = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  const revoked = await tokenRepository.revoke(ctx, id, { integrationFamily: { workspaceId: ctx.workspaceId } })
  if (!revoked) throw notFound('integration API key', id)
}
