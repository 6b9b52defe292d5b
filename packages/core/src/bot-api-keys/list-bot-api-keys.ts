import type { Credential } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { tokenRepository } from '../tokens/index.ts'
import { botOfKey } from './bot-of-key.ts'

/** The keys of a bot, newest first, without their values. @throws ResourceNotFound */
export const listBotApiKeys = async (ctx: WorkspaceContext, botId: string): Promise<Credential[]> =>
  tokenRepository.list(ctx, await botOfKey(ctx, botId, (id) => notFound('bot', id)))
