import { createContext, Script } from 'node:vm'

/**
 * What holding one value against one schema may cost. A step is a keyword that is looked at, a member that is walked past,
 * or a character held against one state of a pattern: some 10 ns each. The largest payload against an ordinary schema
 * takes less than a tenth of it.
 */
const STEPS = 20_000_000

/** What may run on the engine that counts no steps: milliseconds of the processor, for the whole value. */
const UNCOUNTED_MS = 100

/** The data would keep this process busy for longer than anybody may. */
export class TooCostly extends Error {
  override readonly name = 'TooCostly'

  constructor() {
    super('takes too long to be held against its schema')
  }
}

// Validation is synchronous: there is one at a time.
let stepsLeft = 0
let uncountedMsLeft = 0

/** Runs one validation with a fresh budget. @throws TooCostly */
export const withinBudget = <T>(validate: () => T): T => {
  stepsLeft = STEPS
  uncountedMsLeft = UNCOUNTED_MS
  return validate()
}

/** @throws TooCostly once the budget of the validation is used up */
export const spend = (steps: number): void => {
  stepsLeft -= steps
  if (stepsLeft < 0) throw new TooCostly()
}

const sandbox = createContext({ check: (): boolean => false })
const script = new Script('check()')

/**
 * Runs an expression whose cost nobody can tell beforehand; it is cut off when the time of this validation is used up.
 * @throws TooCostly
 */
export const cutOff = (check: () => boolean): boolean => {
  sandbox['check'] = check
  while (uncountedMsLeft >= 1) {
    const before = process.cpuUsage()
    try {
      return script.runInContext(sandbox, { timeout: Math.ceil(uncountedMsLeft) }) as boolean
    } catch (error) {
      // The engine gives up on some expressions: too large, too deep.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new TooCostly()
    } finally {
      // Only what it did itself counts: on a busy machine it gets another turn.
      const { user, system } = process.cpuUsage(before)
      uncountedMsLeft -= (user + system) / 1000
    }
  }
  throw new TooCostly()
}
