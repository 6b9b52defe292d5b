import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'
import { JsonObject } from '../definitions/index.ts'

/** One call of an action of an integration. */
export const ActionRun = z.object({
  timestamp: Timestamp,
  integrationName: z.string(),
  actionType: z.string(),
  input: JsonObject,
  inputTruncated: z.boolean().describe('It was too large to be kept: `input` holds the beginning of its text.'),
  output: JsonObject.nullable(),
  outputTruncated: z.boolean(),
  status: z.enum(['SUCCESS', 'FAILURE']),
  durationMs: z.number(),
  cached: z.boolean(),
  errorMessage: z.string().nullable(),
})
export type ActionRun = z.infer<typeof ActionRun>
