import type { IssueCategory, IssueData, LogLevel } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { newId } from '../ids.ts'
import { keptText, type LogLine, writeLogs } from '../logs/index.ts'
import { botIssueRepository } from './bot-issue.repository.ts'
import { groupedData, keptData, keyOf } from './issue-data.rules.ts'

/** Something that went wrong in a bot, for its owner to read. */
export type Failure = {
  botId: string
  /** what makes it this one: reported again it is neither written nor counted again, e.g. `delivery/<id>/<attempt>` */
  source: string
  /** what kind of thing went wrong, for programs, e.g. `delivery_timed_out` */
  code: string
  category: IssueCategory
  title: string
  /** what that means, and what to do about it */
  description: string
  /** where to read on */
  resolutionLink?: string | undefined
  /** the facts; those named by `groupBy` tell one issue of this code from another */
  data: IssueData
  groupBy: readonly string[]
  /** what the log says about it; of an integration's failure both owners see the line */
  message: string
  /** `error` unless told */
  level?: LogLevel | undefined
} & Pick<LogLine, 'conversationId' | 'userId' | 'workflowId' | 'integrationId'>

/**
 * Tells owners of bots what went wrong: each failure becomes a line of the log, and counts in an issue of its bot. All of
 * them in one transaction, so that a repeated report changes nothing. Those of a bot that is gone are left out.
 *
 * For whoever finds that something failed for good: deliveries, registrations, actions, recurring events.
 */
export const reportFailures = async (platform: PlatformContext, failures: readonly Failure[]): Promise<void> => {
  if (failures.length === 0) return
  await platform.db.atomically(async (rows) => {
    const lines = failures.map((failure) => ({ ...failure, level: failure.level ?? 'error', visibleToBotOwners: true }))
    const occurrences = (await writeLogs(platform, lines, { rows })).map(toOccurrence)
    if (occurrences.length > 0) await botIssueRepository.add(platform, rows, occurrences)
  })
}

const TITLE_MAX = 200
const DESCRIPTION_MAX = 4 * 1024

const toOccurrence = (failure: Failure) => {
  const data = keptData(failure.data)
  const grouped = groupedData(data, failure.groupBy)
  return {
    bot_id: failure.botId,
    issue_id: newId('issue'),
    event_id: newId('issueevt'),
    key: keyOf(failure.code, grouped),
    code: keptText(failure.code, TITLE_MAX),
    category: failure.category,
    title: keptText(failure.title, TITLE_MAX),
    description: keptText(failure.description, DESCRIPTION_MAX),
    grouped_data: grouped,
    data,
    resolution_link: failure.resolutionLink ?? null,
  }
}
