import { type Failure, reportFailures } from '../bot-issues/index.ts'
import { type Callees, findCallees } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { callToRegister } from './call-to-register.ts'
import { type OwedCall, registrationRepository } from './registration.repository.ts'
import { registrationFailureOf } from './registration-failure.rules.ts'

/**
 * Makes the calls that a change of installations owes, after the change was committed and outside of any transaction, all at
 * the same time, and writes down what came of each. What fails fails for its installation alone. Safe to run twice.
 */
export const makeOwedCalls = async (
  platform: PlatformContext,
  botId: string,
  calls: readonly OwedCall[],
): Promise<void> => {
  if (calls.length === 0) return
  const callees = await findCallees(platform, botId)
  // With the bot its installations are gone.
  if (callees) await Promise.all(calls.map((call) => makeCall(platform, callees, call)))
}

const makeCall = async (platform: PlatformContext, callees: Callees, call: OwedCall): Promise<void> => {
  const reason = await callToRegister(platform, callees, call)
  if (reason !== null) await reportFailures(platform, [failureFor(callees, call, reason)])
  const kind = call.operation === 'register' ? 'registration' : 'unregistration'
  await registrationRepository.settle(
    platform,
    call,
    reason === null ? `${call.operation}ed` : `${kind}_failed`,
    reason,
  )
}

const failureFor = ({ profile, installations }: Callees, call: OwedCall, reason: string): Failure => {
  const { installationId: id } = call
  const alias = profile.installations.find((one) => one.id === id)?.alias ?? ''
  const integrationId = installations.get(id)?.integrationId ?? undefined
  return registrationFailureOf(profile.id, call, { alias, integrationId, reason })
}
