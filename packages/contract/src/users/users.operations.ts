import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { NewTags, TagChanges, TagFilter, TextMap, TextMapChanges } from '../common/tags.ts'
import { DateBound, SortDirection, SortField } from '../common/timestamps.ts'
import { defineOperations } from '../operation.ts'
import { TagMatch, TagMatchMeta } from '../tags/index.ts'
import { User } from './user.schema.ts'

const NAME_MAX = 200
const PICTURE_URL_MAX = 40_000

const UserAnswer = z.object({ user: User })

const NewUser = z.object({
  tags: NewTags,
  integrationName: z.string().max(NAME_MAX).optional().describe('For a bot: whose user it shall be.'),
  name: z.string().max(NAME_MAX).optional(),
  pictureUrl: z.string().max(PICTURE_URL_MAX).optional(),
  properties: TextMap.optional(),
  attributes: TextMap.optional(),
})

/** A user to be found by tags, or created. */
export const WantedUser = NewUser.extend({
  tags: TagChanges,
  properties: TextMapChanges.optional(),
  attributes: TextMapChanges.optional(),
  ...TagMatch.shape,
})

export const usersOperations = defineOperations({
  createUser: {
    method: 'POST',
    path: '/v1/chat/users',
    summary: 'Create a user',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: NewUser,
    callsOut: 'integrationName',
    status: 201,
    response: UserAnswer,
  },
  getUser: {
    method: 'GET',
    path: '/v1/chat/users/:id',
    summary: 'Read one user',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: PathId,
    status: 200,
    response: UserAnswer,
  },
  listUsers: {
    method: 'GET',
    path: '/v1/chat/users',
    summary: 'List users, newest first unless told otherwise',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    query: PageQuery.extend({
      conversationId: z.string().optional(),
      tags: TagFilter.optional(),
      afterDate: DateBound.optional(),
      beforeDate: DateBound.optional(),
      rangeField: SortField.optional(),
      sortField: SortField.optional(),
      sortDirection: SortDirection.optional(),
    }),
    status: 200,
    response: z.object({ users: z.array(User), meta: PageMeta }),
  },
  getOrCreateUser: {
    method: 'POST',
    path: '/v1/chat/users/get-or-create',
    summary: 'Find the user with these tags, or create one',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    body: WantedUser,
    callsOut: 'integrationName',
    status: 200,
    response: UserAnswer.extend({ meta: TagMatchMeta }),
  },
  updateUser: {
    method: 'PUT',
    path: '/v1/chat/users/:id',
    summary: 'Change a user; what is not mentioned stays',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    body: z.object({
      tags: TagChanges.optional(),
      name: NewUser.shape.name.unwrap().nullable().optional(),
      pictureUrl: NewUser.shape.pictureUrl.unwrap().nullable().optional(),
      properties: TextMapChanges.optional(),
      attributes: TextMapChanges.optional(),
    }),
    status: 200,
    response: UserAnswer,
  },
  deleteUser: {
    method: 'DELETE',
    path: '/v1/chat/users/:id',
    summary: 'Delete a user and answer what was deleted',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:developer'] },
    params: PathId,
    status: 200,
    response: UserAnswer,
  },
})
