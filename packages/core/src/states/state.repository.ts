import type { Db, Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import { newId } from '../ids.ts'
import type { StateRow } from './state.mapper.ts'
import type { StateKey } from './state-key.ts'

/** Idle time in ms; null: never. `given`: the request says so, else it is what the definition says for a new state. */
export type Expiry = { ms: number | null; given: boolean }

// A read counts as use, but moves the idle clock at most once per tenth of the expiry.
const GET: Statement = {
  name: 'states.get',
  text: `
    with found as (
      select * from states
      where bot_id = $1 and type = $2 and owner_id = $3 and scope = $4 and name = $5 and (expires_at is null or expires_at > $6)),
    touched as (
      update states s set expires_at = $6::timestamptz + s.expiry_ms * interval '1 ms' from found f
      where s.bot_id = $1 and s.type = $2 and s.owner_id = $3 and s.scope = $4 and s.name = $5
        and f.expires_at < $6::timestamptz + s.expiry_ms * 0.9 * interval '1 ms'
      returning s.expires_at)
    select f.id, f.type, f.owner_id, f.name, f.payload, f.expiry_ms, coalesce((select expires_at from touched), f.expires_at) as expires_at,
      f.created_at, f.updated_at
    from found f`,
}

const SET: Statement = {
  name: 'states.set',
  text: 'select * from set_state($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)',
}

const GET_OR_SET: Statement = {
  name: 'states.get-or-set',
  text: 'select * from get_or_set_state($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)',
}

const PATCH: Statement = {
  name: 'states.patch',
  text: `
    update states set
      payload = payload || $6::jsonb,
      expiry_ms = case when $7::boolean then $8::bigint else expiry_ms end,
      expires_at = $9::timestamptz + case when $7::boolean then $8::bigint else expiry_ms end * interval '1 ms',
      updated_at = $9
    where bot_id = $1 and type = $2 and owner_id = $3 and scope = $4 and name = $5 and (expires_at is null or expires_at > $9)
    returning *`,
}

const SET_EXPIRY: Statement = {
  name: 'states.set-expiry',
  text: `
    update states set expiry_ms = $6::bigint, expires_at = $7::timestamptz + $6::bigint * interval '1 ms', updated_at = $7
    where bot_id = $1 and type = $2 and owner_id = $3 and scope = $4 and name = $5 and (expires_at is null or expires_at > $7)
    returning *`,
}

const CLEAR: Statement = {
  name: 'states.clear',
  text: 'select * from clear_state($1, $2, $3, $4, $5, $6, $7)',
}

const at = (ctx: BotContext, key: StateKey) => [ctx.bot.id, key.type, key.ownerId, key.scope, key.name]

const writing = (ctx: BotContext, key: StateKey, id: string, payload: object) => [
  ...[
    ctx.bot.id,
    ctx.installation?.id ?? null,
    key.type,
    key.ownerId,
    key.scope,
    key.name,
    id,
    JSON.stringify(payload),
  ],
]

/** Rows of `states`, nothing else. */
export const stateRepository = {
  get: (ctx: BotContext, key: StateKey): Promise<StateRow | undefined> =>
    ctx.db.row<StateRow>(GET, [...at(ctx, key), ctx.clock.now()]),
  /** undefined: the owner is not there */
  set: (ctx: BotContext, key: StateKey, payload: object, { ms, given }: Expiry): Promise<StateRow | undefined> =>
    ctx.db.row<StateRow>(SET, [
      ...[...writing(ctx, key, newId('state'), payload), ms, given],
      ...[newId('evt'), ctx.clock.now()],
    ]),
  /** undefined: the owner is not there */
  getOrSet: async (ctx: BotContext, key: StateKey, payload: object, { ms }: Expiry) => {
    const id = newId('state')
    const values = [...writing(ctx, key, id, payload), ms, newId('evt'), ctx.clock.now()]
    const row = await ctx.db.row<StateRow>(GET_OR_SET, values)
    return row && { row, cached: row.id !== id }
  },
  /** undefined: there is no such state */
  patch: async (rows: Db['rows'], ctx: BotContext, key: StateKey, payload: object, { ms, given }: Expiry) =>
    (await rows<StateRow>(PATCH, [...at(ctx, key), JSON.stringify(payload), given, ms, ctx.clock.now()]))[0],
  /** undefined: there is no such state */
  setExpiry: (ctx: BotContext, key: StateKey, ms: number | null): Promise<StateRow | undefined> =>
    ctx.db.row<StateRow>(SET_EXPIRY, [...at(ctx, key), ms, ctx.clock.now()]),
  clear: (ctx: BotContext, key: StateKey): Promise<StateRow | undefined> =>
    ctx.db.row<StateRow>(CLEAR, [...at(ctx, key), newId('evt'), ctx.clock.now()]),
}
