import { UnstorableValue } from '@understudy/db'
import { type Failure, reportFailures } from '../bot-issues/index.ts'
import type { PlatformContext } from '../context.ts'
import type { SettledRow } from './delivery.repository.ts'

/** How many reports are remembered. */
const KNOWN_MAX = 10_000

/**
 * Tells owners of bots of the deliveries that failed for good; nothing is done where none did. What one process has said
 * already costs it nothing more: a bot that runs nowhere fails every time.
 * @returns throws what makes it worth to try again
 */
export const failureReporter = (platform: PlatformContext) => {
  const known = new Set<string>()
  return async (outcomes: readonly SettledRow[]): Promise<void> => {
    const failures = outcomes.flatMap(({ failure }) => (failure && !known.has(placeOf(failure)) ? [failure] : []))
    if (failures.length === 0) return
    try {
      await reportFailures(platform, failures)
    } catch (error) {
      // What cannot be told must not hold up what is settled.
      if (!(error instanceof UnstorableValue)) throw error
    }
    if (known.size > KNOWN_MAX) known.clear()
    for (const failure of failures) known.add(placeOf(failure))
  }
}

const placeOf = ({ botId, source }: Failure): string => `${botId} ${source}`
