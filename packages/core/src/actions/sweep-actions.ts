import type { PlatformContext } from '../context.ts'
import { actionRepository } from './action.repository.ts'

const BATCH = 1_000

/** As long as the Cloud keeps logs. */
const RUNS_KEPT_MS = 30 * 24 * 60 * 60_000

/** Forgets answers that are too old to be given again, and calls of a month ago. Safe to run twice and side by side. */
export const sweepActions = async (platform: PlatformContext): Promise<void> => {
  const before = new Date(platform.clock.now().getTime() - RUNS_KEPT_MS)
  while ((await actionRepository.forgetAnswers(platform, BATCH)) === BATCH);
  while ((await actionRepository.forgetRuns(platform, before, BATCH)) === BATCH);
}
