import { createHash } from 'node:crypto'
import type { PageQuery } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { fromToken, type Position, toToken } from './position.ts'

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
  /** of `sortBy`: timestamps unless told; text has to be sorted by its bytes */
  sortType?: keyof typeof ENDS
  seq: string
  direction: 'asc' | 'desc'
  /** how the value and the seq of a row are found in what `from` selects */
  positionOf: (row: never) => Position
  /** whatever else the token must hold still: tenant, caller, filter */
  frozen: unknown
}

const statements = new Map<string, Statement>()

/** One statement per shape a list can take, so that PostgreSQL keeps one plan for each. */
const statementOf = (list: string, template: string): Statement => {
  const known = statements.get(template)
  if (known) return known
  let number = 0
  const text = template.replaceAll('{}', () => `$${++number}`)
  const name = `${list}.${createHash('sha256').update(text).digest('base64url').slice(0, 12)}`
  statements.set(template, { name, text })
  return { name, text }
}

const SEQ_ENDS = ['-1', '9223372036854775807'] as const

/** What nothing comes before, and what nothing comes after. */
const ENDS = {
  timestamptz: ['-infinity', 'infinity'],
  bigint: SEQ_ENDS,
  text: ['', '\u{10ffff}'],
} as const

/**
 * Reads one page by keyset: the cost does not grow with the depth.
 * @throws InvalidQuery for a token that does not belong to this list
 */
export const readPage = <Row extends object>(ctx: PlatformContext, page: PageQuery, list: List): Promise<Page<Row>> => {
  const { sortType = 'timestamptz' } = list
  const end = list.direction === 'desc' ? 1 : 0
  return pageBy(ctx, page, {
    frozen: [list.name, list.sortBy, list.direction, list.frozen],
    read: (after = { value: ENDS[sortType][end], seq: SEQ_ENDS[end] }, limit) => {
      const beyond = fragment(
        `(${list.sortBy}, ${list.seq}) ${list.direction === 'desc' ? '<' : '>'} ({}::${sortType}, {}::bigint)`,
        after.value,
        after.seq,
      )
      const { template, values } = assemble(list, [...list.where, beyond], limit)
      return ctx.db.rows<Row>(statementOf(list.name, template), values)
    },
    positionOf: (row) => list.positionOf(row as never),
  })
}

/** A list that reads its rows itself: those after a position, at most so many. */
export type Walk<Row> = {
  frozen: unknown
  read: (after: Position | undefined, limit: number) => Promise<Row[]>
  positionOf: (row: Row) => Position
}

/**
 * Reads one page of any walk: one more row than asked for tells whether there is a next page.
 * @throws InvalidQuery for a token that does not belong to this list
 */
export const pageBy = async <Row extends object>(
  ctx: PlatformContext,
  { nextToken, pageSize }: PageQuery,
  { frozen, read, positionOf }: Walk<Row>,
): Promise<Page<Row>> => {
  // An empty token is what programs send that have none yet.
  const found = await read(nextToken ? fromToken(ctx, nextToken, frozen) : undefined, pageSize + 1)
  if (found.length <= pageSize) return { rows: found, meta: {} }
  const rows = found.slice(0, pageSize)
  return { rows, meta: { nextToken: toToken(ctx, positionOf(rows.at(-1) as Row), frozen) } }
}

const assemble = ({ from, sortBy, seq, direction }: List, where: readonly Fragment[], limit: number) => ({
  template: [
    from.sql,
    `where ${where.map(({ sql }) => `(${sql})`).join(' and ')}`,
    `order by ${sortBy} ${direction}, ${seq} ${direction} limit {}`,
  ].join('\n'),
  values: [...from.values, ...where.flatMap(({ values }) => values), limit],
})
