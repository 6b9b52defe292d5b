import { RE2Set } from 're2js'
import { cutOff, spend, TooCostly } from './effort.ts'
import { type LinearPattern, linearPatterns } from './linear-pattern.rules.ts'

type Test = (text: string) => boolean

/** How many compiled patterns are kept, whatever schemas they are in; the least recently compiled leaves first. */
const KEPT = 1000

/** Memory an automaton may take, in bytes. Ids, dates and addresses need half of it; beyond it, matching gets slower. */
const AUTOMATON_BYTES = 32 * 1024

const kept = new Map<string, Test>()

const compiled = (source: string): Test => {
  const known = kept.get(source)
  if (known) return known
  const test = compile(source)
  kept.set(source, test)
  const [oldest] = kept.keys()
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
  return test
}

/** Steps that compiling costs, by the character and by the state. */
const STEPS_PER_CHAR = 100
const STEPS_PER_STATE = 200

const compile = (source: string): Test => {
  spend(source.length * STEPS_PER_CHAR)
  const native = nativePattern(source)
  const uncounted: Test = (text) => cutOff(() => native.test(text))
  const linear = linearTest(linearPatterns(source, native.unicode) ?? [])
  // Only when it is used does the engine say that an expression is too large for it.
  if (!linear) uncounted('')
  return linear ?? uncounted
}

/** Patterns are Unicode ones; those that only make sense without the `u` flag, such as `a\-b`, have always worked in forms. */
const nativePattern = (source: string): RegExp => {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

const linearTest = (patterns: readonly LinearPattern[]): Test | undefined => {
  if (patterns.length === 0) return undefined
  try {
    const tests = patterns.map(automaton)
    return (text) => tests.every((test) => test(text))
  } catch (error) {
    if (error instanceof TooCostly) throw error
    // Well-formed, but beyond RE2: a repetition of more than a thousand, a property it does not know.
    return undefined
  }
}

const automaton = ({ re2, states, wanted }: LinearPattern): Test => {
  spend(states * STEPS_PER_STATE)
  const set = new RE2Set(RE2Set.UNANCHORED, 0, AUTOMATON_BYTES)
  set.add(re2)
  set.compile()
  return (text) => {
    spend((text.length + 1) * states)
    return set.match(text).length > 0 === wanted
  }
}

/** What ajv takes for a regular expression: time is in proportion to the text, or cut off. @throws SyntaxError */
export const patternOf = (source: string): { test: Test; toString: () => string } => {
  compiled(source)
  // ajv tells patterns apart by their text.
  return { test: (text) => compiled(source)(text), toString: () => source }
}
