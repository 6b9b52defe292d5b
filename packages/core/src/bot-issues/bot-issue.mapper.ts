import type { BotIssue, BotIssueEvent } from '@understudy/contract'

export type BotIssueRow = {
  id: string
  seq: string
  key: string
  code: string
  category: BotIssue['category']
  title: string
  description: string
  grouped_data: BotIssue['groupedData']
  resolution_link: string | null
  events_count: number
  created_at: string
  last_seen_at: string
}

export type BotIssueEventRow = { id: string; data: BotIssueEvent['data']; created_at: string }

export const toBotIssue = (row: BotIssueRow): BotIssue => ({
  id: row.id,
  code: row.code,
  createdAt: row.created_at,
  lastSeenAt: row.last_seen_at,
  title: row.title,
  description: row.description,
  groupedData: row.grouped_data,
  eventsCount: row.events_count,
  category: row.category,
  resolutionLink: row.resolution_link,
})

export const toBotIssueEvent = ({ id, created_at, data }: BotIssueEventRow): BotIssueEvent => ({
  id,
  createdAt: created_at,
  data,
})
