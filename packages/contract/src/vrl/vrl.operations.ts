import { z } from 'zod'
import { JsonObject } from '../definitions/index.ts'
import { defineOperations } from '../operation.ts'

const SCRIPT_MAX = 20_000

export const vrlOperations = defineOperations({
  runVrl: {
    method: 'POST',
    path: '/v1/admin/helper/vrl',
    summary: 'Try a script in the Vector Remap Language, as integrations use them to find out whom a webhook is for',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: z.object({ data: JsonObject, script: z.string().max(SCRIPT_MAX) }),
    status: 200,
    response: z.object({ data: JsonObject, result: z.unknown() }),
  },
})
