import { findCallees } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { callToRegister } from './call-to-register.ts'

/** So long waits whoever deletes a bot, for all integrations together and for code that has to be started as well. */
const UNREGISTER_MAX_MS = 10_000

/**
 * Calls the enabled integrations of a bot that is about to be deleted to unregister, all at the same time: what they have set
 * up outside would stay for ever. It is tried once, since the bot goes whatever they say.
 * @returns the reasons of those that failed, by alias
 */
export const unregisterAll = async (platform: PlatformContext, botId: string): Promise<Record<string, string>> => {
  const callees = await findCallees(platform, botId)
  if (!callees || callees.profile.blocked) return {}
  const signal = AbortSignal.timeout(UNREGISTER_MAX_MS)
  const enabled = callees.profile.installations.filter((one) => one.enabled && !one.removed && !one.native)
  const ends = await Promise.all(
    enabled.map(async ({ id, alias }) => {
      const reason = await callToRegister(platform, callees, { installationId: id, operation: 'unregister' }, signal)
      return reason === null ? [] : [[alias, reason] as const]
    }),
  )
  return Object.fromEntries(ends.flat())
}
