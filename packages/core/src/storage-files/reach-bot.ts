import type { WorkspaceContext } from '../context.ts'
import { forbidden } from '../errors.ts'
import { storageFileRepository } from './storage-file.repository.ts'

/** Makes sure that the caller may have to do with a bot's files. @throws what `missing` makes; Forbidden */
export const reachBot = async (
  ctx: WorkspaceContext,
  botId: string,
  missing: (botId: string) => Error,
): Promise<void> => {
  const bot = await storageFileRepository.findBot(ctx, botId)
  if (!bot) throw missing(botId)
  refuseBlocked(bot)
}

/** @throws Forbidden */
export const refuseBlocked = ({ blocked }: { blocked: boolean }): void => {
  if (blocked) throw forbidden('This bot, or its workspace, is blocked.')
}
