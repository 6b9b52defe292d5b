import type { DeclaredTags } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { type Fragment, fragment } from '../pages/index.ts'
import { ownTags } from './tag-names.rules.ts'

type Taggable = { kind: 'user' | 'conversation' | 'message'; table: string }

/** Where a list filtered by tags reads from: `o` is the object, `t` the tag that the walk follows. */
export type TaggedRows = { from: Fragment; where: Fragment[]; createdAt: string; seq: string }

/** Above this many objects per tag it no longer matters which tag is rarer: the page fills quickly either way. */
const COUNTED = 1000

/**
 * Objects that carry all the tags. One tag is walked in the order of the list, the others are checked on the object;
 * of several tags the statement itself chooses the rarest. Two tags that are both common and hardly ever together cost
 * a look at every object of the rarer one.
 */
export const taggedRows = (
  ctx: BotContext,
  { kind, table }: Taggable,
  tags: Readonly<Record<string, string>>,
  botDeclares: DeclaredTags,
): TaggedRows => {
  const { installation, ofInstallation, ofBot, strangers } = ownTags(ctx, tags, botDeclares)
  // An object belongs to one installation: tags of two are never together.
  const nothing = strangers.length > 0 ? [fragment('false')] : []
  const wanted = [
    ...Object.entries(ofInstallation).map(([key, value]) => ({ scope: installation?.id, key, value })),
    ...Object.entries(ofBot).map(([key, value]) => ({ scope: ctx.bot.id, key, value })),
  ]
  const select = `select o.* from tags t join ${table} o on o.bot_id = t.bot_id and o.id = t.owner_id`
  const here = fragment('t.bot_id = {}::uuid and t.kind = {}::tag_kind', ctx.bot.id, kind)
  const all = fragment(
    'o.integration_tags @> {}::jsonb and o.bot_tags @> {}::jsonb and ({}::uuid is null or o.installation_id = {}::uuid)',
    JSON.stringify(ofInstallation),
    JSON.stringify(ofBot),
    installation?.id ?? null,
    installation?.id ?? null,
  )
  const order = { createdAt: 't.created_at', seq: 't.seq' }
  const [only, ...more] = wanted
  if (only && more.length === 0) {
    const walked = fragment('t.scope = {}::uuid and t.key = {} and t.value = {}', only.scope, only.key, only.value)
    return { from: fragment(select), where: [here, walked, all, ...nothing], ...order }
  }
  const from = fragment(
    `with wanted as (select * from unnest({}::uuid[], {}::text[], {}::text[]) as w (scope, key, value)),
    rarest as materialized (
      select w.* from wanted w cross join lateral (
        select count(*) as found from (
          select from tags t
          where t.bot_id = {}::uuid and t.kind = {}::tag_kind and t.scope = w.scope and t.key = w.key and t.value = w.value
          limit ${COUNTED}) capped) size
      order by size.found limit 1)
    ${select}`,
    wanted.map(({ scope }) => scope),
    wanted.map(({ key }) => key),
    wanted.map(({ value }) => value),
    ctx.bot.id,
    kind,
  )
  const walked = fragment(
    't.scope = (select scope from rarest) and t.key = (select key from rarest) and t.value = (select value from rarest)',
  )
  return { from, where: [here, walked, all, ...nothing], ...order }
}
