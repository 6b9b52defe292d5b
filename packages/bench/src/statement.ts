import type { BotContext } from '@understudy/core'
import type { Statement } from '@understudy/db'

/** Where a value of a statement comes from: `given` by the request, under a path like `tags.id`, or made by the server. */
export type Source =
  | { kind: 'constant'; value: unknown }
  | { kind: 'given'; path: string; value: unknown }
  | { kind: 'fresh'; prefix: string }
  | { kind: 'now' }

/** The one statement behind an operation. */
export type Recorded = { statement: Statement; sources: Source[] }

/**
 * Lets a verb run once and writes down the statement it sends, so that what the others are measured with is never another
 * one. @throws when it sends none, or several
 */
export const record = async (
  ctx: BotContext,
  work: (ctx: BotContext) => Promise<unknown>,
  given: Record<string, unknown>,
): Promise<Recorded> => {
  const sent: { statement: Statement; values: readonly unknown[] }[] = []
  const rows: BotContext['db']['rows'] = (statement, values) => {
    sent.push({ statement, values })
    return ctx.db.rows(statement, values)
  }
  await work({
    ...ctx,
    db: {
      ...ctx.db,
      rows,
      row: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
        (await rows<Row>(statement, values))[0],
      one: async <Row extends object>(statement: Statement, values: readonly unknown[]) =>
        (await rows<Row>(statement, values))[0] as Row,
    },
  })
  const [only, ...others] = sent
  if (!only || others.length > 0) throw new Error(`An operation sent ${sent.length} statements instead of one.`)
  return { statement: only.statement, sources: only.values.map((value) => sourceOf(value, pathsOf(given))) }
}

const FRESH = /^([a-z]+)_[0-9A-Z]{26}$/

const sourceOf = (value: unknown, given: Map<string, unknown>): Source => {
  for (const [path, one] of given)
    if (one === value || (typeof one === 'object' && JSON.stringify(one) === value))
      return { kind: 'given', path, value }
  if (value instanceof Date) return { kind: 'now' }
  const [, prefix] = FRESH.exec(String(value)) ?? []
  return prefix ? { kind: 'fresh', prefix } : { kind: 'constant', value }
}

/** Every part of a request by its path: `tags` and `tags.id`. */
const pathsOf = (given: object, before = ''): Map<string, unknown> =>
  new Map(
    Object.entries(given).flatMap(([name, value]): [string, unknown][] => [
      [`${before}${name}`, value],
      ...(typeof value === 'object' && value !== null ? pathsOf(value, `${before}${name}.`) : []),
    ]),
  )
