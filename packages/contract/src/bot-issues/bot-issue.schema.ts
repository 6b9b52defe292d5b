import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

export const IssueCategory = z.enum(['user_code', 'limits', 'configuration', 'other'])
export type IssueCategory = z.infer<typeof IssueCategory>

/** Facts about an issue by name: as they are, and as people like to read them. */
export const IssueData = z.record(z.string(), z.object({ raw: z.string(), pretty: z.string().optional() }))
export type IssueData = z.infer<typeof IssueData>

/** Something that goes wrong in a bot: everything that has the code and the grouped facts in common is one issue. */
export const BotIssue = z.object({
  id: z.string(),
  code: z.string(),
  createdAt: Timestamp,
  lastSeenAt: Timestamp,
  title: z.string(),
  description: z.string(),
  groupedData: IssueData,
  eventsCount: z.number(),
  category: IssueCategory,
  resolutionLink: z.string().nullable(),
})
export type BotIssue = z.infer<typeof BotIssue>

/** One time it went wrong. */
export const BotIssueEvent = z.object({ id: z.string(), createdAt: Timestamp, data: IssueData })
export type BotIssueEvent = z.infer<typeof BotIssueEvent>
