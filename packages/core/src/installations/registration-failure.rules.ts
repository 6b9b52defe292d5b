import type { Failure } from '../bot-issues/index.ts'
import type { OwedCall } from './registration.repository.ts'

/** What the owner of a bot has to know of an integration that could not be registered, or not be let go. */
export const registrationFailureOf = (
  botId: string,
  { callId, operation }: OwedCall,
  { alias, integrationId, reason }: { alias: string; integrationId: string | undefined; reason: string },
): Failure => ({
  botId,
  source: `registration/${callId}`,
  code: operation === 'register' ? 'registration_failed' : 'unregistration_failed',
  category: 'configuration',
  title: `The integration "${alias}" could not ${operation}`,
  description:
    'It was called because it was enabled, changed, disabled or removed, or on the schedule that it asked for. Its status shows the last reason; changing its configuration calls it again.',
  data: { integration: { raw: alias }, reason: { raw: reason } },
  groupBy: ['integration'],
  message: `The integration "${alias}" failed to ${operation}: ${reason}`,
  integrationId,
})
