import type { PageQuery } from '@understudy/contract'
import type { Db, Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'
import type { BotIssueEventRow, BotIssueRow } from './bot-issue.mapper.ts'

/** One time something went wrong. */
export type OccurrenceRow = {
  bot_id: string
  /** of the issue, in case this is the first time */
  issue_id: string
  event_id: string
  key: string
  code: string
  category: string
  title: string
  description: string
  grouped_data: object
  data: object
  resolution_link: string | null
}

/** As many as are kept of an issue. */
const EVENTS_KEPT = 100

// The row of the issue comes before its events: who adds and who forgets wait for each other there, in the order of the keys.
const ADD: Statement = {
  name: 'bot-issues.add',
  text: `
    with given as materialized (
      select * from rows from (json_to_recordset($1::json) as (
        bot_id uuid, issue_id text, event_id text, key text, code text, category text, title text, description text,
        grouped_data json, data json, resolution_link text)) with ordinality as g (
        bot_id, issue_id, event_id, key, code, category, title, description, grouped_data, data, resolution_link, place)
      limit $3),
    latest as (
      select distinct on (bot_id, key) g.*, count(*) over (partition by bot_id, key)::int as times
      from given g order by bot_id, key, place desc),
    issue as (
      insert into bot_issues as i (
        bot_id, id, key, code, category, title, description, grouped_data, resolution_link, events_count, created_at, last_seen_at)
      select bot_id, issue_id, key, code, category, title, description, grouped_data, resolution_link, times, $2, $2
      from latest order by bot_id, key
      on conflict (bot_id, key) do update set category = excluded.category, title = excluded.title, description = excluded.description,
        resolution_link = excluded.resolution_link, events_count = i.events_count + excluded.events_count,
        last_seen_at = greatest(i.last_seen_at, excluded.last_seen_at)
      returning i.bot_id, i.key),
    trimmed as (
      delete from bot_issue_events e using issue i
      where e.bot_id = i.bot_id and e.issue_key = i.key and e.seq <= (
        select x.seq from bot_issue_events x where x.bot_id = i.bot_id and x.issue_key = i.key
        order by x.seq desc offset ${EVENTS_KEPT - 1} limit 1))
    insert into bot_issue_events (bot_id, id, issue_key, data, created_at)
    select g.bot_id, g.event_id, g.key, g.data, $2
    from given g join issue i on i.bot_id = g.bot_id and i.key = g.key order by g.place`,
}

const FIND: Statement = { name: 'bot-issues.find', text: 'select * from bot_issues where bot_id = $1 and id = $2' }

const EVENTS: Statement = {
  name: 'bot-issues.events',
  text: `
    select id, data, created_at from bot_issue_events
    where bot_id = $1 and issue_key = $2 order by seq desc limit ${EVENTS_KEPT}`,
}

const DELETE: Statement = {
  name: 'bot-issues.delete',
  text: 'delete from bot_issues where bot_id = $1 and id = $2 returning key',
}

const DELETE_EVENTS: Statement = {
  name: 'bot-issues.delete-events',
  text: 'delete from bot_issue_events where bot_id = $1 and issue_key = $2',
}

const SWEEP: Statement = {
  name: 'bot-issues.sweep',
  text: `
    with old as (select ctid from bot_issues where last_seen_at < $1 limit $2 for update skip locked)
    delete from bot_issues i using old where i.ctid = old.ctid returning 1`,
}

const SWEEP_EVENTS: Statement = {
  name: 'bot-issues.sweep-events',
  text: `
    with old as (select ctid from bot_issue_events where created_at < $1 limit $2 for update skip locked)
    delete from bot_issue_events e using old where e.ctid = old.ctid returning 1`,
}

/** Rows of `bot_issues` and `bot_issue_events`, nothing else. */
export const botIssueRepository = {
  /** Counts each where it belongs, and keeps the latest of them. The bots have to be held. */
  add: async ({ clock }: PlatformContext, rows: Db['rows'], occurrences: readonly OccurrenceRow[]): Promise<void> =>
    void (await rows(ADD, [JSON.stringify(occurrences), clock.now(), occurrences.length])),
  page: (ctx: PlatformContext, botId: string, page: PageQuery) =>
    readPage<BotIssueRow>(ctx, page, {
      name: 'bot-issues.list',
      from: fragment('select i.* from bot_issues i'),
      where: [fragment('i.bot_id = {}::uuid', botId)],
      sortBy: 'i.created_at',
      seq: 'i.seq',
      direction: 'desc',
      positionOf: (row: BotIssueRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: botId,
    }),
  find: ({ db }: PlatformContext, botId: string, id: string): Promise<BotIssueRow | undefined> =>
    db.row<BotIssueRow>(FIND, [botId, id]),
  /** Its latest events, newest first. */
  events: ({ db }: PlatformContext, botId: string, { key }: BotIssueRow): Promise<BotIssueEventRow[]> =>
    db.rows<BotIssueEventRow>(EVENTS, [botId, key]),
  /** With its events, also those of a report that came in the middle of it. @returns whether it was there */
  delete: (rows: Db['rows'], botId: string, id: string): Promise<boolean> =>
    rows<{ key: string }>(DELETE, [botId, id]).then(async ([deleted]) => {
      if (deleted) await rows(DELETE_EVENTS, [botId, deleted.key])
      return deleted !== undefined
    }),
  /** What was not seen since a time, at most so many of each. @returns whether there may be more */
  sweep: async ({ db }: PlatformContext, before: Date, limit: number): Promise<boolean> => {
    const swept = await Promise.all([db.rows(SWEEP, [before, limit]), db.rows(SWEEP_EVENTS, [before, limit])])
    return swept.some((rows) => rows.length === limit)
  },
}
