import type { PageQuery } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import { pageBy } from '../pages/index.ts'
import { ownTags } from './tag-names.rules.ts'

export type TagValuesQuery = PageQuery & { key: string; type: 'user' | 'conversation' | 'message' }

// A walk from value to value over the index: the cost is one look-up per distinct value, however many objects carry it.
const NEXT_VALUES: Statement = {
  name: 'tags.next-values',
  text: `
    with recursive walk as (
      (select t.value, 1 as place from tags t
        where t.bot_id = $1 and t.kind = $2::tag_kind and t.scope = $3 and t.key = $4 and t.value > $5
        order by t.value limit 1)
      union all
      select (select t.value from tags t
          where t.bot_id = $1 and t.kind = $2::tag_kind and t.scope = $3 and t.key = $4 and t.value > w.value
          order by t.value limit 1), w.place + 1
      from walk w where w.value is not null and w.place < $6)
    select value from walk where value is not null`,
}

const DECLARED = { user: 'userTags', conversation: 'conversationTags', message: 'messageTags' } as const

/** The distinct values a tag has, in byte order. @throws InvalidQuery for a token of another list */
export const listTagValues = async (
  ctx: BotContext,
  { key, type, ...page }: TagValuesQuery,
): Promise<{ tags: { value: string }[]; meta: { nextToken?: string } }> => {
  const { installation } = ownTags(ctx, { [key]: '' }, ctx.bot[DECLARED[type]])
  const bare = installation && !ctx.installation ? key.slice(installation.alias.length + 1) : key
  const scope = installation?.id ?? ctx.bot.id
  const { rows, meta } = await pageBy<{ value: string }>(ctx, page, {
    frozen: ['tags.values', ctx.bot.id, ctx.installation?.id, type, key],
    read: (after, limit) => ctx.db.rows(NEXT_VALUES, [ctx.bot.id, type, scope, bare, after?.value ?? '', limit]),
    positionOf: ({ value }) => ({ value, seq: '' }),
  })
  return { tags: rows, meta }
}
