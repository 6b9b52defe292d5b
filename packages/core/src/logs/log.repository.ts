import type { Db, Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import type { Position } from '../pages/index.ts'

/** A line as it is written. */
export type NewLogRow = {
  bot_id: string
  created_at: Date
  level: string
  message: string
  conversation_id: string | null
  user_id: string | null
  workflow_id: string | null
  integration_id: string | null
  bot_sees: boolean
  integration_sees: boolean
  source: string | null
}

export type LogRow = Pick<NewLogRow, 'level' | 'message' | 'conversation_id' | 'user_id' | 'workflow_id'> & {
  created_at: string
  seq: number
}

/** Of whose log, and which of its lines; null does not matter. */
export type LogFilter = {
  since: Date
  until: Date | null
  level: string | null
  conversationId: string | null
  userId: string | null
  workflowId: string | null
  contains: string | null
}

/** What was found among the lines that were looked at, newest first, and where the looking ended. */
type Look = { lines: LogRow[]; looked_at: number; last: Position | null }

// The bots are held, so that none is deleted while it gets lines. Each line keeps its place. Of a list in JSON PostgreSQL
// expects a hundred rows; of a limit it does not know, few.
const WRITE: Statement = {
  name: 'logs.write',
  text: `
    with bot as materialized (select b.id from bots b where b.id = any($2::uuid[]) order by b.id for key share),
    line as materialized (
      select * from rows from (json_to_recordset($1::json) as (
        bot_id uuid, created_at timestamptz, level text, message text, conversation_id text, user_id text, workflow_id text,
        integration_id uuid, bot_sees boolean, integration_sees boolean, source text)) with ordinality as l (
        bot_id, created_at, level, message, conversation_id, user_id, workflow_id, integration_id, bot_sees, integration_sees, source, place)
      limit $3)
    insert into bot_logs (
      bot_id, created_at, level, message, conversation_id, user_id, workflow_id, integration_id, bot_sees, integration_sees, source)
    select l.bot_id, l.created_at, l.level, l.message, l.conversation_id, l.user_id, l.workflow_id, l.integration_id, l.bot_sees, l.integration_sees, l.source
    from line l join bot on bot.id = l.bot_id order by l.place
    on conflict (bot_id, source) where source is not null do nothing
    returning bot_id, source`,
}

/**
 * Looks at so many lines and no more, whatever is searched for: the filter is applied to what was looked at, so that no
 * request costs more than these.
 */
const look = (name: string, whose: string): Statement => ({
  name,
  text: `
    with looked as materialized (
      select l.seq, l.created_at, l.level, l.message, l.conversation_id, l.user_id, l.workflow_id
      from bot_logs l
      where ${whose} and l.created_at >= $2 and ($3::timestamptz is null or l.created_at <= $3)
        and (l.created_at, l.seq) < (coalesce($4::timestamptz, 'infinity'), coalesce($5::bigint, 9223372036854775807))
      order by l.created_at desc, l.seq desc limit $6),
    found as (
      select l.* from looked l
      where ($8::text is null or l.level = $8) and ($9::text is null or l.conversation_id = $9)
        and ($10::text is null or l.user_id = $10) and ($11::text is null or l.workflow_id = $11)
        and ($12::text is null or strpos(lower(l.message), lower($12)) > 0)
      order by l.created_at desc, l.seq desc limit $7)
    select (select coalesce(json_agg(f order by f.created_at desc, f.seq desc), '[]') from found f) as lines,
      (select count(*)::int from looked) as looked_at,
      (select json_build_object('value', l.created_at, 'seq', l.seq::text) from looked l order by l.created_at, l.seq limit 1) as last`,
})

const LOOK = {
  bot: look('logs.of-bot', 'l.bot_id = $1 and l.bot_sees'),
  integration: look('logs.of-integration', 'l.integration_id = $1 and l.integration_sees'),
} as const

const SWEEP: Statement = {
  name: 'logs.sweep',
  text: `
    with old as (select ctid from bot_logs where created_at < $1 limit $2 for update skip locked)
    delete from bot_logs l using old where l.ctid = old.ctid returning 1`,
}

/** Rows of `bot_logs`, nothing else. */
export const logRepository = {
  /** In this order, all at once, of bots that are there. @returns which sources got a line, by bot */
  write: (
    within: Pick<Db, 'rows'>,
    lines: readonly NewLogRow[],
  ): Promise<{ bot_id: string; source: string | null }[]> =>
    within.rows(WRITE, [JSON.stringify(lines), [...new Set(lines.map((line) => line.bot_id))], lines.length]),
  /**
   * @param whose whose log it is, and its id
   * @param most how many lines are looked at, and of those how many are answered
   */
  look: async (
    { db }: PlatformContext,
    whose: { kind: keyof typeof LOOK; id: string },
    filter: LogFilter,
    after: Position | undefined,
    most: { looked: number; found: number },
  ): Promise<Look> => {
    const { since, until, level, conversationId, userId, workflowId, contains } = filter
    return db.one<Look>(LOOK[whose.kind], [
      whose.id,
      since,
      until,
      after?.value ?? null,
      after?.seq ?? null,
      most.looked,
      most.found,
      level,
      conversationId,
      userId,
      workflowId,
      contains,
    ])
  },
  /** Those from before a time, at most so many. @returns how many they were */
  sweep: async ({ db }: PlatformContext, before: Date, limit: number): Promise<number> =>
    (await db.rows(SWEEP, [before, limit])).length,
}
