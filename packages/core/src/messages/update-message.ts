import type { Message } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound, relationConflict } from '../errors.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import { declaredTags, type GivenTags, presentTags, tagChange, tagsPerChannel, undeclaredTag } from '../tags/index.ts'
import { toMessage } from './message.mapper.ts'
import { messageRepository } from './message.repository.ts'
import { messageTags } from './new-message.ts'

export type MessageChanges = { tags?: GivenTags | undefined; payload?: Record<string, unknown> | undefined }

/**
 * Merges tags and replaces the payload; nobody is woken.
 * @throws ResourceNotFound; InvalidPayload for tags nobody declared; RelationConflict for tags of another installation;
 *   LimitExceeded for the payload
 */
export const updateMessage = async (ctx: BotContext, id: string, changes: MessageChanges): Promise<Message> => {
  if (changes.payload) checkLimit(ctx, 'messagePayloadBytes', jsonBytes(changes.payload))
  const tags = declaredTags(ctx, changes.tags ?? {}, messageTags(ctx))
  const row = await messageRepository.update(ctx, id, {
    tagsOf: tags.installation?.id,
    declared: tagsPerChannel('messageTags', tags.installation),
    integrationTags: tagChange(tags.ofInstallation),
    botTags: tagChange(tags.ofBot),
    payload: changes.payload,
  })
  if (row) return toMessage(ctx, row)
  const visible = await messageRepository.find(ctx, id)
  if (!visible) throw notFound('message', id)
  if (tags.installation && visible.installation_id !== tags.installation.id)
    throw relationConflict(`Message "${id}" does not belong to the integration "${tags.installation.alias}"`)
  throw undeclaredTag(ctx, Object.keys(presentTags(changes.tags ?? {})).join(', '), messageTags(ctx))
}
