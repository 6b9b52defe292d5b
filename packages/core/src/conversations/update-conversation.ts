import type { Conversation } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound, relationConflict } from '../errors.ts'
import {
  declaredTags,
  type GivenTags,
  presentTags,
  tagChange,
  tagsOnAnyChannel,
  tagsPerChannel,
  undeclaredTag,
} from '../tags/index.ts'
import { toConversation } from './conversation.mapper.ts'
import { conversationRepository } from './conversation.repository.ts'
import { setParticipants } from './set-participants.ts'

export type ConversationChanges = {
  tags?: GivenTags | undefined
  properties?: GivenTags | undefined
  currentTaskId?: string | undefined
  /** sets who takes part; only the oldest clients send it */
  participantIds?: string[] | undefined
}

/**
 * Merges tags and properties: what is not mentioned stays, what has no value is removed. Writers at the same time do not
 * lose each other's tags.
 * @throws ResourceNotFound; InvalidPayload for tags nobody declared; RelationConflict for tags of another installation;
 *   ReferenceNotFound for a participant
 */
export const updateConversation = async (
  ctx: BotContext,
  id: string,
  { participantIds, ...changes }: ConversationChanges,
): Promise<Conversation> => {
  const declared = { byBot: ctx.bot.conversationTags, byInstallation: tagsOnAnyChannel('conversationTags') }
  const tags = declaredTags(ctx, changes.tags ?? {}, declared)
  if (participantIds) await setParticipants(ctx, id, participantIds)
  const row = await conversationRepository.update(ctx, id, {
    tagsOf: tags.installation?.id,
    declared: tagsPerChannel('conversationTags', tags.installation),
    integrationTags: tagChange(tags.ofInstallation),
    botTags: tagChange(tags.ofBot),
    properties: tagChange(changes.properties ?? {}),
    currentTaskId: changes.currentTaskId,
  })
  if (row) return toConversation(ctx, row)
  const visible = await conversationRepository.find(ctx, id)
  if (!visible) throw notFound('conversation', id)
  if (tags.installation && visible.installation_id !== tags.installation.id)
    throw relationConflict(`Conversation "${id}" does not belong to the integration "${tags.installation.alias}"`)
  throw undeclaredTag(ctx, Object.keys(presentTags(changes.tags ?? {}))[0] ?? '', {
    ...declared,
    byInstallation: ({ channels }) => channels[visible.channel]?.conversationTags ?? {},
  })
}
