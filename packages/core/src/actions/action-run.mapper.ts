import type { ActionRun } from '@understudy/contract'

export type ActionRunRow = {
  seq: string
  alias: string
  integration_name: string
  action_type: string
  input: Record<string, unknown>
  input_truncated: boolean
  output: Record<string, unknown> | null
  output_truncated: boolean
  error_message: string | null
  duration_ms: number
  cached: boolean
  created_at: string
}

export const toActionRun = (row: ActionRunRow): ActionRun => ({
  timestamp: row.created_at,
  integrationName: row.integration_name,
  actionType: row.action_type,
  input: row.input,
  inputTruncated: row.input_truncated,
  output: row.output,
  outputTruncated: row.output_truncated,
  status: row.error_message === null ? 'SUCCESS' : 'FAILURE',
  durationMs: row.duration_ms,
  cached: row.cached,
  errorMessage: row.error_message,
})
