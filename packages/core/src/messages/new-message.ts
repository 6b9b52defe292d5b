import type { BotContext } from '../context.ts'
import { type ApiError, referenceNotFound, relationConflict } from '../errors.ts'
import { newId } from '../ids.ts'
import { checkLimit, jsonBytes } from '../limits/index.ts'
import { dueTime, type Schedule } from '../schedules/index.ts'
import {
  declaredTags,
  type GivenTags,
  presentTags,
  type TagMatch,
  tagMatch,
  tagsOnAnyChannel,
  tagsPerChannel,
  undeclaredTag,
} from '../tags/index.ts'
import type { MessageDraft, Refusal } from './message.repository.ts'

export type NewMessage = {
  conversationId: string
  userId: string
  type: string
  payload?: Record<string, unknown> | undefined
  tags: GivenTags
  schedule?: Schedule | undefined
  origin?: 'synthetic' | undefined
}

/** A message to be found by tags: by all of them, or by those named. */
export type WantedMessage = NewMessage & { discriminateByTags?: string[] | undefined }

/** What may be written on a message; which channel it is about, only the statement knows. */
export const messageTags = (ctx: BotContext) => ({
  byBot: ctx.bot.messageTags,
  byInstallation: tagsOnAnyChannel('messageTags'),
})

/** The row a new message becomes. @throws InvalidPayload for tags nobody declared; LimitExceeded for its payload */
export const messageDraft = (ctx: BotContext, input: NewMessage): MessageDraft => {
  checkLimit(ctx, 'messagePayloadBytes', jsonBytes(input.payload ?? {}))
  const tags = declaredTags(ctx, presentTags(input.tags), messageTags(ctx))
  return {
    id: newId('msg'),
    eventId: newId('evt'),
    conversationId: input.conversationId,
    userId: input.userId,
    type: input.type,
    payload: input.payload,
    origin: input.origin,
    scheduledAt: dueTime(input.schedule, ctx.clock.now()),
    tagsOf: tags.installation?.id,
    integrationTags: presentTags(tags.ofInstallation),
    declared: tagsPerChannel('messageTags', tags.installation),
    botTags: presentTags(tags.ofBot),
  }
}

/** The row a wanted message becomes unless one matches; none can match when `match` is undefined. @throws as messageDraft */
export const wantedMessage = (
  ctx: BotContext,
  { discriminateByTags, ...input }: WantedMessage,
): { draft: MessageDraft; match: TagMatch | undefined } => ({
  draft: messageDraft(ctx, input),
  match: tagMatch(ctx, presentTags(input.tags), ctx.bot.messageTags, discriminateByTags),
})

/** What the refusal of a statement means to the caller. */
export const refused = (
  ctx: BotContext,
  refusal: Refusal,
  input: Pick<NewMessage, 'conversationId' | 'userId' | 'tags'>,
): ApiError => {
  switch (refusal) {
    case 'conversation':
      return referenceNotFound('conversationId', input.conversationId)
    case 'user':
      return referenceNotFound('userId', input.userId)
    case 'relation':
      return relationConflict(
        `User "${input.userId}" and conversation "${input.conversationId}" belong to different integrations`,
      )
    case 'tags':
      return undeclaredTag(ctx, Object.keys(presentTags(input.tags)).join(', '), {
        byBot: ctx.bot.messageTags,
        byInstallation: () => ({}),
      })
  }
}
