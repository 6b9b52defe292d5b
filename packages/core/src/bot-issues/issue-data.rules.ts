import { createHash } from 'node:crypto'
import type { IssueData } from '@understudy/contract'
import { keptText } from '../logs/index.ts'

/** Longest value, longest name, and as much as one occurrence may tell in all. */
const VALUE_MAX = 8 * 1024
const NAME_MAX = 200
const FACTS_MAX = 128 * 1024

/** Facts as they are kept: without secrets, as many as there is room for. */
export const keptData = (data: IssueData): IssueData => {
  let room = FACTS_MAX
  const kept: [string, IssueData[string]][] = []
  for (const [name, { raw, pretty }] of Object.entries(data)) {
    const fact = {
      raw: keptText(raw, VALUE_MAX),
      ...(pretty === undefined ? {} : { pretty: keptText(pretty, VALUE_MAX) }),
    }
    const entry = [keptText(name, NAME_MAX), fact] as const
    room -= Buffer.byteLength(JSON.stringify(entry))
    if (room < 0) break
    kept.push([...entry])
  }
  return Object.fromEntries(kept)
}

/** The facts an issue is about; the others belong to single occurrences. */
export const groupedData = (data: IssueData, groupBy: readonly string[]): IssueData =>
  Object.fromEntries(Object.entries(data).filter(([name]) => groupBy.includes(name)))

/** What occurrences of one issue have in common: the code, and what the grouped facts say, in whatever order. */
export const keyOf = (code: string, grouped: IssueData): string => {
  const facts = Object.entries(grouped).map(([name, { raw }]) => [name, raw])
  const sorted = facts.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([code, sorted]))
    .digest('base64url')
}
