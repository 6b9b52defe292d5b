import { z } from 'zod'
import { defineOperations } from '../operation.ts'

const IDENTIFIER_MAX = 200

export const RegisterSchedule = z.enum([
  'hourly',
  'daily',
  'weekly',
  'bi-weekly',
  'monthly',
  'bi-monthly',
  'quarterly',
  'yearly',
])

export const installationsOperations = defineOperations({
  configureIntegration: {
    method: 'POST',
    path: '/v1/chat/integrations/configure',
    summary: 'Say by what the outside world knows an installation, and how often it wants to register again',
    tenant: 'bot',
    access: { callers: ['integration', 'account:developer'] },
    body: z.object({
      identifier: z
        .string()
        .max(IDENTIFIER_MAX)
        .nullable()
        .optional()
        .describe('One installation of the integration has it; null gives it up.'),
      scheduleRegisterCall: RegisterSchedule.optional(),
      sandboxIdentifiers: z
        .looseObject({})
        .nullable()
        .optional()
        .describe('Accepted and ignored: nothing is sandboxed here.'),
    }),
    status: 200,
    response: z.object({}),
  },
})
