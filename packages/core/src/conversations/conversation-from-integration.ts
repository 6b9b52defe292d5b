import type { Conversation } from '@understudy/contract'
import { askToCreate } from '../callees/index.ts'
import type { BotContext } from '../context.ts'
import { runtimeError } from '../errors.ts'
import { toConversation } from './conversation.mapper.ts'
import { type ConversationDraft, conversationRepository } from './conversation.repository.ts'
import { updateConversation } from './update-conversation.ts'

/**
 * The conversation that an integration starts for the bot that named it, with what the bot says of it beside the integration's
 * tags.
 * @returns undefined where the caller is not the bot, or named none, or the integration leaves that to us
 * @throws what askToCreate throws; Runtime for a conversation that is not the integration's
 */
export const conversationFromIntegration = async (
  ctx: BotContext,
  { integrationName }: { integrationName?: string | undefined },
  { installationId, channel, integrationTags, botTags, properties }: ConversationDraft,
): Promise<Conversation | undefined> => {
  if (ctx.installation || integrationName === undefined) return undefined
  const id = await askToCreate(ctx, installationId, { noun: 'conversation', channel, tags: integrationTags })
  if (id === undefined) return undefined
  const row = await conversationRepository.find(ctx, id)
  if (row?.installation_id !== installationId)
    throw runtimeError(`The integration "${integrationName}" answered with a conversation that is not its own.`)
  if (Object.keys(botTags).length + Object.keys(properties).length === 0) return toConversation(ctx, row)
  return updateConversation(ctx, id, { tags: botTags, properties })
}
