import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'

const ADD: Statement = {
  name: 'analytics-counts.add',
  text: `
    insert into analytics_counts as c (bot_id, day, name, count) values ($1, ($2::timestamptz at time zone 'UTC')::date, $3, $4)
    on conflict (bot_id, day, name) do update set count = c.count + excluded.count`,
}

/** Rows of `analytics_counts`, nothing else. */
export const analyticsCountRepository = {
  add: async (ctx: BotContext, name: string, count: number): Promise<void> =>
    void (await ctx.db.rows(ADD, [ctx.bot.id, ctx.clock.now(), name, count])),
}
