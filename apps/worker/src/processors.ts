import {
  actionsJobs,
  botIssuesJobs,
  codeJobs,
  idempotencyKeysJobs,
  installationsJobs,
  logsJobs,
  type PlatformContext,
  recurringEventsJobs,
  retentionJobs,
  statesJobs,
  storageFilesJobs,
} from '@understudy/core'
import type { Processors } from '@understudy/queue'
import { actionsProcessors } from './actions.processors.ts'
import { botIssuesProcessors } from './bot-issues.processors.ts'
import { codeProcessors } from './code.processors.ts'
import { idempotencyKeysProcessors } from './idempotency-keys.processors.ts'
import { installationsProcessors } from './installations.processors.ts'
import { logsProcessors } from './logs.processors.ts'
import { recurringEventsProcessors } from './recurring-events.processors.ts'
import { retentionProcessors } from './retention.processors.ts'
import { statesProcessors } from './states.processors.ts'
import { storageFilesProcessors } from './storage-files.processors.ts'

/** Every kind of job there is. */
export const jobs = {
  ...actionsJobs,
  ...statesJobs,
  ...recurringEventsJobs,
  ...retentionJobs,
  ...idempotencyKeysJobs,
  ...installationsJobs,
  ...storageFilesJobs,
  ...codeJobs,
  ...logsJobs,
  ...botIssuesJobs,
}

/** Everything the worker does. */
export const processors: Processors<typeof jobs, PlatformContext> = {
  ...actionsProcessors,
  ...statesProcessors,
  ...recurringEventsProcessors,
  ...retentionProcessors,
  ...idempotencyKeysProcessors,
  ...installationsProcessors,
  ...storageFilesProcessors,
  ...codeProcessors,
  ...logsProcessors,
  ...botIssuesProcessors,
}
