import type { PlatformContext } from '../context.ts'
import { makeOwedCalls } from './make-owed-calls.ts'
import { type ClaimedCall, registrationRepository } from './registration.repository.ts'

const BATCH = 50

/**
 * Makes the calls to installations that nobody makes: those whose process died, those that wait for an identifier no longer,
 * and those that were asked for on a schedule. Sweeps side by side share the work.
 */
export const sweepInstallations = async (platform: PlatformContext): Promise<void> => {
  if (!(await registrationRepository.isAnyOwed(platform))) return
  await registrationRepository.owe(platform)
  let claimed: ClaimedCall[]
  do {
    claimed = await registrationRepository.claim(platform, BATCH)
    await Promise.all(claimed.map(({ botId, ...call }) => makeOwedCalls(platform, botId, [call])))
  } while (claimed.length === BATCH)
}
