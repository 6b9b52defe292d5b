import { type botIssuesJobs, type PlatformContext, sweepBotIssues } from '@understudy/core'
import type { Processors } from '@understudy/queue'

export const botIssuesProcessors: Processors<typeof botIssuesJobs, PlatformContext> = {
  'bot-issues.sweep': (_payload, platform) => sweepBotIssues(platform),
}
