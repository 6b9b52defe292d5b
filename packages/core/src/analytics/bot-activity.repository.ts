import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'

/** From the first moment to the last, which does not belong to it any more; both begin a day in UTC. */
export type Stretch = { since: Date; until: Date }

export type Activity = {
  incoming: number
  outgoing: number
  sessions: number
  newUsers: number
  returningUsers: number
  events: Record<string, number>
  custom: Record<string, number>
}

// Rows that are there and traces of those that are not, under one snapshot: nothing is missed or counted twice (ADR 25).
const COUNT: Statement = {
  name: 'analytics.count-activity',
  text: `
    with said as materialized (
      select direction, conversation_id, user_id, (created_at at time zone 'UTC')::date as day, count(*) as n
      from messages
      where bot_id = $1 and created_at >= $2 and created_at < $3
      group by 1, 2, 3, 4),
    deleted as materialized (
      select kind, name, sum(count) as n
      from analytics_deleted_counts
      where bot_id = $1 and day >= ($2 at time zone 'UTC')::date and day < ($3 at time zone 'UTC')::date
      group by 1, 2),
    talks as materialized (
      select day, conversation_id, user_id from said where direction = 'incoming'
      union
      select day, conversation_id, user_id
      from analytics_deleted_talks
      where bot_id = $1 and day >= ($2 at time zone 'UTC')::date and day < ($3 at time zone 'UTC')::date),
    happened as (
      select event_name(installation_id, type) as name, count(*) as n
      from events
      where bot_id = $1 and created_at >= $2 and created_at < $3
      group by installation_id, type
      union all
      select name, n from deleted where kind = 'event'),
    tracked as (
      select name, sum(count) as n
      from analytics_counts
      where bot_id = $1 and day >= ($2 at time zone 'UTC')::date and day < ($3 at time zone 'UTC')::date
      group by 1)
    select json_build_object(
      'incoming', (select coalesce(sum(n), 0) from (
        select n from said where direction = 'incoming' union all select n from deleted where kind = 'message' and name = 'incoming') m),
      'outgoing', (select coalesce(sum(n), 0) from (
        select n from said where direction = 'outgoing' union all select n from deleted where kind = 'message' and name = 'outgoing') m),
      'sessions', (select count(*) from (select distinct day, conversation_id from talks) t),
      'newUsers', (select count(*) from users where bot_id = $1 and id <> $1::text and created_at >= $2 and created_at < $3)
        + (select count(*) from analytics_deleted_users where bot_id = $1 and created_at >= $2 and created_at < $3),
      'returningUsers', (select count(*) from (select distinct user_id from talks) t
        where exists (select from users u where u.bot_id = $1 and u.id = t.user_id and u.created_at < $2)
          or exists (select from analytics_deleted_users u where u.bot_id = $1 and u.id = t.user_id and u.created_at < $2)),
      'events', (select coalesce(json_object_agg(name, n), '{}') from (select name, sum(n) as n from happened group by 1) e),
      'custom', (select coalesce(json_object_agg(name, n), '{}') from tracked)
    ) as activity`,
}

/** What happened in a bot, counted from the rows of what happened. */
export const botActivityRepository = {
  count: async ({ db }: PlatformContext, botId: string, { since, until }: Stretch): Promise<Activity> =>
    (await db.one<{ activity: Activity }>(COUNT, [botId, since, until])).activity,
}
