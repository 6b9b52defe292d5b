import { botRepository } from '../bots/index.ts'
import type { WorkspaceContext } from '../context.ts'

/** Whose keys are meant. @throws what `missing` makes for a bot that is not the workspace's */
export const botOfKey = async (
  ctx: WorkspaceContext,
  botId: string,
  missing: (botId: string) => Error,
): Promise<{ botId: string }> => {
  const row = await botRepository.find(ctx, botId)
  if (!row) throw missing(botId)
  return { botId: row.id }
}
