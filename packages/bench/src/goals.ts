import type { Growth } from './growth.ts'
import type { Outcome } from './rounds.ts'

/** What was aimed at, and what came out. `missedBy` is a share of what was wanted. */
export type Goal = {
  goal: string
  wanted: number
  atMost: boolean
  measured?: number
  met?: boolean
  missedBy?: number
}

/** Holds the figures against the goals; one that could not be measured says nothing. */
export const goalsOf = (outcomes: Outcome[], growth: Growth[]): Goal[] => {
  const of = (id: string): Partial<Outcome> => outcomes.find((one) => one.id === id) ?? {}
  const worst = growth.length > 0 ? Math.max(...growth.map(({ ratio }) => ratio)) : undefined
  const tags = outcomes.flatMap(({ id, figures }) => (id.startsWith('tag-') ? (figures.understudy?.p50Ms ?? []) : []))
  const spread = tags.length > 1 ? Math.max(...tags) / Math.min(...tags) : undefined
  const steadyMs = of('deliveries-steady').figures?.understudy?.p99Ms
  const besideMs = of('deliveries-beside').figures?.understudy?.p99Ms
  const hold = steadyMs === undefined || besideMs === undefined ? undefined : besideMs / steadyMs
  return [
    atLeast('create message: throughput to pgbench (aim 65 %)', 0.5, of('create-message').toPgbench),
    atMost('create message: CPU per request to the bare server', 1.5, of('create-message').cpuToBare),
    atLeast('list messages: throughput to the bare server', 0.8, of('list-messages').toBare),
    atLeast('get message: throughput to the bare server', 0.8, of('get-message').toBare),
    atLeast('set state: throughput to pgbench', 0.35, of('set-state').toPgbench),
    atLeast('get or create, found: throughput to pgbench', 0.25, of('get-or-create-conversation').toPgbench),
    atMost('page of a list: p50 in the large database to the small one, worst depth', 1.5, worst),
    atMost('list by one tag: slowest p50 to fastest', 2, spread),
    atLeast('deliveries: throughput to a bare client (the aim is 60 %)', 0.2, of('deliveries').toBare),
    atMost('deliveries: p99 of what they add, while another bot hangs to alone', 2, hold),
  ].filter(({ measured }) => measured !== undefined)
}

const atLeast = (goal: string, wanted: number, measured: number | undefined): Goal => ({
  ...{ goal, wanted, atMost: false },
  ...(measured === undefined ? {} : verdict(measured, measured >= wanted, (wanted - measured) / wanted)),
})

const atMost = (goal: string, wanted: number, measured: number | undefined): Goal => ({
  ...{ goal, wanted, atMost: true },
  ...(measured === undefined ? {} : verdict(measured, measured <= wanted, (measured - wanted) / wanted)),
})

const verdict = (measured: number, met: boolean, off: number) => ({ measured, met, ...(met ? {} : { missedBy: off }) })
