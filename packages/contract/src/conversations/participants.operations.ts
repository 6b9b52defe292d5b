import { z } from 'zod'
import { PathId, ReferencedId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'
import { User } from '../users/index.ts'

const ParticipantPath = PathId.extend({ userId: z.string() })
const ParticipantAnswer = z.object({ participant: User })

export const participantsOperations = defineOperations({
  listParticipants: {
    method: 'GET',
    path: '/v1/chat/conversations/:id/participants',
    summary: 'List who takes part in a conversation, the latest to join first',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    query: PageQuery,
    status: 200,
    response: z.object({ participants: z.array(User), meta: PageMeta }),
  },
  addParticipant: {
    method: 'POST',
    path: '/v1/chat/conversations/:id/participants',
    summary: 'Let a user take part in a conversation',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    body: z.object({ userId: ReferencedId }),
    status: 200,
    response: ParticipantAnswer,
  },
  getParticipant: {
    method: 'GET',
    path: '/v1/chat/conversations/:id/participants/:userId',
    summary: 'Read one participant of a conversation',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: ParticipantPath,
    status: 200,
    response: ParticipantAnswer,
  },
  removeParticipant: {
    method: 'DELETE',
    path: '/v1/chat/conversations/:id/participants/:userId',
    summary: 'Let a user no longer take part in a conversation',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: ParticipantPath,
    status: 200,
    response: z.object({}),
  },
})
