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
  const missing = (id: string) => referenceNotFound('botId', id)
  const key = await tokenRepository.issue(ctx, 'bak', await botOfKey(ctx, botId, missing), note)
  if (!key) throw missing(botId)
  return key
}
