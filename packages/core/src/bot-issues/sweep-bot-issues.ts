import type { PlatformContext } from '../context.ts'
import { oldestKept } from '../logs/index.ts'
import { botIssueRepository } from './bot-issue.repository.ts'

const BATCH = 1_000

/** Forgets issues that did not come up any more for as long as logs are kept, and older events. Safe to run twice and side by side. */
export const sweepBotIssues = async (platform: PlatformContext): Promise<void> => {
  const before = oldestKept(platform)
  while (await botIssueRepository.sweep(platform, before, BATCH));
}
