import { z } from 'zod'
import { ReferencedId } from '../common/ids.ts'
import { Schedule } from '../common/schedule.ts'
import { NewTags, TagChanges } from '../common/tags.ts'
import { Moment } from '../common/timestamps.ts'
import { WantedConversation } from '../conversations/index.ts'
import { JsonObject } from '../definitions/index.ts'
import { TagMatch } from '../tags/index.ts'
import { WantedUser } from '../users/index.ts'
import { MessageOrigin, MessageType } from './message.schema.ts'

export const NewMessage = z.object({
  conversationId: ReferencedId,
  userId: ReferencedId,
  type: MessageType,
  payload: JsonObject,
  tags: NewTags,
  schedule: Schedule.optional(),
  origin: MessageOrigin.optional(),
})

/** A message to be found by tags, or created. */
export const WantedMessage = NewMessage.extend({
  payload: JsonObject.optional(),
  tags: TagChanges,
  ...TagMatch.shape,
})

/** A message that was written elsewhere, at its time. */
export const PastMessage = NewMessage.omit({ schedule: true, origin: true }).extend({
  tags: TagChanges,
  createdAt: Moment,
  ...TagMatch.shape,
})

const oneOf = (known: string, wanted: string) => ({
  error: `needs either ${known} or ${wanted}, and not both`,
  path: [wanted],
})

/** Who says what where: user and conversation by their ids, or to be found by tags or created. */
export const IncomingMessage = z
  .object({
    userId: z.string().optional(),
    user: WantedUser.optional(),
    conversationId: z.string().optional(),
    conversation: WantedConversation.optional(),
    message: WantedMessage.omit({ conversationId: true, userId: true, schedule: true })
      .extend({ payload: JsonObject })
      .optional(),
  })
  .refine(({ userId, user }) => (userId === undefined) !== (user === undefined), oneOf('userId', 'user'))
  .refine(
    ({ conversationId, conversation }) => (conversationId === undefined) !== (conversation === undefined),
    oneOf('conversationId', 'conversation'),
  )
