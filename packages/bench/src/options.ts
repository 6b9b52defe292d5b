import { parseArgs } from 'node:util'
import { OperatorError } from '@understudy/core'

export type Options = {
  /** how often each contender takes its turn; what is told is the median */
  rounds: number
  /** how long a turn lasts */
  seconds: number
  /** messages in the large database; the small one has a hundredth */
  rows: number
  /** ids of the cases to run; undefined: all */
  only: string[] | undefined
  /** where to write the figures as JSON */
  json: string | undefined
  /** where each server leaves a CPU profile */
  profiles: string | undefined
  /** whether the table goes into the README */
  readme: boolean
  help: boolean
}

const WHOLE = { rounds: 5, seconds: 4, rows: 1_000_000 }
const QUICK = { rounds: 1, seconds: 0.7, rows: 100_000 }

export const USAGE = `pnpm bench [--quick] [--rounds N] [--seconds N] [--rows N] [--only CASE,CASE] [--json FILE]
           [--profiles DIRECTORY] [--readme]

  --quick     one short round on ${QUICK.rows} messages: under a minute, to see that it works
  --rounds    how often each contender takes its turn (${WHOLE.rounds})
  --seconds   how long a turn lasts (${WHOLE.seconds})
  --rows      messages in the large database; the small one has a hundredth (${WHOLE.rows})
  --only      the cases to run, by id, separated by commas
  --json      where to write the figures
  --profiles  where each server leaves a CPU profile when it ends (it costs them some speed)
  --readme    write the table into the README

Measures on BENCH_DATABASE_URL, whose user may create databases, or on an embedded PostgreSQL in a temporary directory.`

/** Reads the command line. @throws OperatorError for one that makes no sense */
export const readOptions = (args: string[]): Options => {
  const { quick, rounds, seconds, rows, only, ...rest } = parsed(args)
  const usual = quick ? QUICK : WHOLE
  return {
    rounds: positive('rounds', rounds, usual.rounds),
    seconds: positive('seconds', seconds, usual.seconds),
    rows: positive('rows', rows, usual.rows),
    only: only?.split(','),
    json: rest.json,
    profiles: rest.profiles,
    readme: rest.readme ?? false,
    help: rest.help ?? false,
  }
}

const parsed = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        rows: { type: 'string' },
        only: { type: 'string' },
        json: { type: 'string' },
        profiles: { type: 'string' },
        readme: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values
  } catch (error) {
    throw new OperatorError((error as Error).message)
  }
}

const positive = (name: string, given: string | undefined, usual: number): number => {
  const value = given === undefined ? usual : Number(given)
  if (!(value > 0)) throw new OperatorError(`--${name} is "${given}" and must be a number above 0.`)
  return value
}
