import { createHash } from 'node:crypto'
import type { PageQuery } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { fromToken, toToken } from './position.ts'

export type Page<Row> = { rows: Row[]; meta: { nextToken?: string } }

/** A piece of SQL with a `{}` for each of its values. */
export type Fragment = { sql: string; values: readonly unknown[] }

export const fragment = (sql: string, ...values: unknown[]): Fragment => ({ sql, values })

/** A list, without its page: which rows, in which order. */
export type List = {
  /** names the statement, e.g. `users.list` */
  name: string
  /** everything up to `where`, e.g. `select u.* from users u` */
  from: Fragment
  where: readonly Fragment[]
  /** the columns that give the order, e.g. `u.created_at` and `u.seq` */
  sortBy: string
  seq: string
  direction: 'asc' | 'desc'
  /** how the value and the seq of a row are found in what `from` selects */
  positionOf: (row: never) => { value: string; seq: string }
  /** whatever else the token must hold still: tenant, caller, filter */
  frozen: unknown
}

const statements = new Map<string, string>()

/** One name per text, so that PostgreSQL keeps one plan for each shape a list can take. */
const nameOf = (list: string, text: string): string => {
  const known = statements.get(text)
  if (known) return known
  const name = `${list}.${createHash('sha256').update(text).digest('base64url').slice(0, 12)}`
  statements.set(text, name)
  return name
}

const FIRST = { asc: { value: '-infinity', seq: '-1' }, desc: { value: 'infinity', seq: '9223372036854775807' } }

/**
 * Reads one page by keyset: the cost does not grow with the depth. One more row than asked for tells whether there is a
 * next page.
 * @throws InvalidQuery for a token that does not belong to this list
 */
export const readPage = async <Row extends object>(
  ctx: PlatformContext,
  { nextToken, pageSize }: PageQuery,
  list: List,
): Promise<Page<Row>> => {
  const frozen = [list.name, list.sortBy, list.direction, list.frozen]
  const after = nextToken === undefined ? FIRST[list.direction] : fromToken(ctx, nextToken, frozen)
  const beyond = fragment(
    `(${list.sortBy}, ${list.seq}) ${list.direction === 'desc' ? '<' : '>'} ({}::timestamptz, {}::bigint)`,
    after.value,
    after.seq,
  )
  const { text, values } = assemble(list, [...list.where, beyond], pageSize + 1)
  const found = await ctx.db.rows<Row>({ name: nameOf(list.name, text), text }, values)
  if (found.length <= pageSize) return { rows: found, meta: {} }
  const rows = found.slice(0, pageSize)
  const last = list.positionOf(rows.at(-1) as never)
  return { rows, meta: { nextToken: toToken(ctx, last, frozen) } }
}

const assemble = ({ from, sortBy, seq, direction }: List, where: readonly Fragment[], limit: number) => {
  const values: unknown[] = []
  const numbered = ({ sql, values: own }: Fragment): string => {
    let next = 0
    return sql.replaceAll('{}', () => {
      values.push(own[next++])
      return `$${values.length}`
    })
  }
  const text = [
    numbered(from),
    `where ${where.map((one) => `(${numbered(one)})`).join(' and ')}`,
    `order by ${sortBy} ${direction}, ${seq} ${direction} limit ${numbered(fragment('{}', limit))}`,
  ].join('\n')
  return { text, values }
}
