import type { Contender, Contest } from './contest.ts'
import { type Figures, median } from './measure.ts'

/** What came out of a case: medians over the rounds, and medians of what each round says about two contenders. */
export type Outcome = {
  id: string
  title: string
  figures: Partial<Record<Contender, Figures>>
  /** our throughput as a share of theirs */
  toPgbench?: number
  toBare?: number
  /** our server's computing time per request as a multiple of the bare one's */
  cpuToBare?: number
}

/** Servers get fast by being used. */
const WARM_UP_SHARE = 0.5

/** All contenders take turns in every case of every round, so that what disturbs the machine disturbs them all alike. */
export const runRounds = async (
  contests: Contest[],
  { rounds, seconds }: { rounds: number; seconds: number },
  tell: (line: string) => void,
): Promise<Outcome[]> => {
  for (const { turns } of contests)
    for (const turn of [turns.understudy, turns.bare]) await turn?.(seconds * WARM_UP_SHARE)
  const taken = contests.map((): Partial<Record<Contender, Figures>>[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [k, { title, turns }] of contests.entries()) {
      tell(`round ${round + 1} of ${rounds}: ${title}`)
      const figures: Partial<Record<Contender, Figures>> = {}
      const contenders = Object.entries(turns) as [Contender, NonNullable<(typeof turns)[Contender]>][]
      // Nobody always comes first.
      for (const [name, turn] of [...contenders, ...contenders]
        .slice(round % contenders.length)
        .slice(0, contenders.length))
        figures[name] = await turn(seconds)
      taken[k]?.push(figures)
    }
  return contests.map(({ id, title }, k) => outcomeOf(id, title, taken[k] ?? []))
}

const outcomeOf = (id: string, title: string, rounds: Partial<Record<Contender, Figures>>[]): Outcome => {
  const ratio = (name: keyof Outcome, of: Contender, figure: keyof Figures): object => {
    const each = rounds.flatMap(({ understudy, [of]: other }) => {
      const [ours, theirs] = [understudy?.[figure], other?.[figure]]
      return ours === undefined || theirs === undefined ? [] : [ours / theirs]
    })
    const middle = median(each)
    return middle === undefined ? {} : { [name]: middle }
  }
  const names = ['understudy', 'bare', 'pgbench'] as const
  const figures = names.map((name) => [name, medians(rounds.flatMap((round) => round[name] ?? []))])
  return {
    id,
    title,
    figures: Object.fromEntries(figures.filter(([, middle]) => middle)) as Outcome['figures'],
    ...ratio('toPgbench', 'pgbench', 'perSecond'),
    ...ratio('toBare', 'bare', 'perSecond'),
    ...ratio('cpuToBare', 'bare', 'serverCpuUs'),
  }
}

const medians = (turns: Figures[]): Figures | undefined => {
  const [some] = turns
  if (!some) return undefined
  const names = Object.keys(some) as (keyof Figures)[]
  return Object.fromEntries(names.map((name) => [name, median(turns.flatMap((turn) => turn[name] ?? []))])) as Figures
}
