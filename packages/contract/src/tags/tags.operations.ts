import { z } from 'zod'
import { PageMeta, PageQuery } from '../common/page.ts'
import { defineOperations } from '../operation.ts'

export const tagsOperations = defineOperations({
  listTagValues: {
    method: 'GET',
    path: '/v1/chat/tags/:key/values',
    summary: 'List the distinct values of a tag',
    tenant: 'bot',
    access: { callers: ['bot', 'integration', 'account:viewer'] },
    params: z.object({ key: z.string() }),
    query: PageQuery.extend({ type: z.enum(['user', 'conversation', 'message']) }),
    status: 200,
    response: z.object({ tags: z.array(z.object({ value: z.string() })), meta: PageMeta }),
  },
})
