import { participantsOperations } from '@understudy/contract'
import { addParticipant, getParticipant, listParticipants, removeParticipant } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const participantsRoutes = implement(participantsOperations, {
  listParticipants: ({ params, query }, ctx) => listParticipants(ctx, params.id, query),
  addParticipant: async ({ params, body }, ctx) => ({ participant: await addParticipant(ctx, params.id, body.userId) }),
  getParticipant: async ({ params }, ctx) => ({ participant: await getParticipant(ctx, params.id, params.userId) }),
  removeParticipant: async ({ params }, ctx) => {
    await removeParticipant(ctx, params.id, params.userId)
    return {}
  },
})
