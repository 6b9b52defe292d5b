import type { IssuedCredential } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'
import { botOfKey } from './bot-of-key.ts'

/** A key that stands for a bot; its value is shown this once. @throws ReferenceNotFound */
export const createBotApiKey = async (
  ctx: WorkspaceContext,
  { botId, note = '' }: { botId: string; note?: string | undefined },
): Promise<IssuedCredential> => {
  const owner = await botOfKey(ctx, botId, (id) => referenceNotFound('botId', id))
  return tokenRepository.issue(ctx, 'bak', owner, note)
}
