import { type AST, RegExpParser } from '@eslint-community/regexpp'

/** A pattern as RE2 reads it. `states` is about how many its automaton has: what a character may cost. */
type Linear = { re2: string; states: number }

/** Texts a pattern means that are matched one by one: each of them has to be found, or not, as `wanted` says. */
export type LinearPattern = Linear & { wanted: boolean }

const parser = new RegExpParser({ ecmaVersion: 2023 })

/** Beyond this many states a pattern would take long to compile, and much memory. */
const STATES_MAX = 1000

/** A property such as `\p{L}` is a list of hundreds of ranges, wherever it stands. */
const STATES_OF_PROPERTY = 50

class Inexpressible extends Error {}

/**
 * Says an ECMAScript pattern in the language of RE2, which takes time in proportion to the text. What looks ahead from the
 * start of the text, such as `^(?!\.)(?=.*\d)…`, becomes several patterns that are matched one by one. Undefined for what
 * RE2 cannot say: other lookarounds, references back, and very large patterns.
 * @throws SyntaxError for what is no pattern
 */
export const linearPatterns = (source: string, unicode: boolean): LinearPattern[] | undefined => {
  const { alternatives } = parser.parsePattern(source, 0, source.length, { unicode })
  try {
    const patterns = alternatives.length === 1 ? split(alternatives[0] as AST.Alternative) : [whole(alternatives)]
    const states = patterns.reduce((sum, one) => sum + one.states, 0)
    return states > STATES_MAX ? undefined : patterns
  } catch (error) {
    if (error instanceof Inexpressible) return undefined
    throw error
  }
}

const whole = (alternatives: readonly AST.Alternative[]): LinearPattern => ({ ...oneOf(alternatives), wanted: true })

const split = (alternative: AST.Alternative): LinearPattern[] => {
  const [first, ...rest] = alternative.elements
  const isAhead = (element: AST.Element): element is AST.LookaheadAssertion =>
    element.type === 'Assertion' && element.kind === 'lookahead'
  const end = rest.findIndex((element) => !isAhead(element))
  const ahead = (end < 0 ? rest : rest.slice(0, end)).filter(isAhead)
  if (first?.type !== 'Assertion' || first.kind !== 'start' || ahead.length === 0) return [whole([alternative])]
  const anchored = ({ re2, states }: Linear) => ({ re2: `^${re2}`, states: states + 1 })
  return [
    ...ahead.map(({ alternatives, negate }) => ({ ...anchored(oneOf(alternatives)), wanted: !negate })),
    { ...anchored(sequence(rest.slice(ahead.length))), wanted: true },
  ]
}

const oneOf = (alternatives: readonly AST.Alternative[]): Linear => {
  const all = alternatives.map(({ elements }) => sequence(elements))
  return {
    re2: `(?:${all.map(({ re2 }) => re2).join('|')})`,
    states: all.reduce((sum, { states }) => sum + states + 1, 1),
  }
}

const sequence = (elements: readonly AST.Element[]): Linear => {
  const all = elements.map(element)
  return { re2: all.map(({ re2 }) => re2).join(''), states: all.reduce((sum, { states }) => sum + states, 1) }
}

const element = (node: AST.Element): Linear => {
  switch (node.type) {
    case 'CapturingGroup':
    case 'Group':
      return oneOf(node.alternatives)
    case 'Quantifier': {
      const { re2, states } = element(node.element)
      const { min, max } = node
      const times = Number.isFinite(max) ? max : min + 1
      return { re2: `(?:${re2}){${min},${Number.isFinite(max) ? max : ''}}`, states: states * times + 1 }
    }
    case 'Assertion':
      return { re2: assertion(node), states: 1 }
    case 'Character':
      return { re2: character(node.value), states: 1 }
    case 'CharacterSet':
      return { re2: `[${set(node)}]`, states: statesOf([node]) }
    case 'CharacterClass':
      return { re2: characterClass(node), states: statesOf(node.elements) }
    case 'Backreference':
    case 'ExpressionCharacterClass':
      throw new Inexpressible()
  }
}

const statesOf = (members: readonly AST.Node[]): number =>
  1 + STATES_OF_PROPERTY * members.filter((one) => one.type === 'CharacterSet' && one.kind === 'property').length

const assertion = (node: AST.Assertion): string => {
  if (node.kind === 'start') return '^'
  if (node.kind === 'end') return '$'
  if (node.kind === 'word') return node.negate ? String.raw`\B` : String.raw`\b`
  throw new Inexpressible()
}

const character = (code: number): string => {
  // Half of a pair: without the `u` flag an emoji comes as two.
  if (code >= 0xd800 && code <= 0xdfff) throw new Inexpressible()
  return `\\x{${code.toString(16)}}`
}

const ANY = String.raw`\x{0}-\x{10ffff}`

const characterClass = ({ elements, negate }: AST.CharacterClass): string => {
  if (elements.length === 0) return negate ? `[${ANY}]` : `[^${ANY}]`
  const members = elements.map((member) => {
    if (member.type === 'Character') return character(member.value)
    if (member.type === 'CharacterClassRange') return `${character(member.min.value)}-${character(member.max.value)}`
    if (member.type === 'CharacterSet') return set(member)
    throw new Inexpressible()
  })
  return `[${negate ? '^' : ''}${members.join('')}]`
}

// RE2's own `\s` and `.` know fewer characters than ECMAScript's.
const SPACE = String.raw`\x{9}-\x{d}\x{20}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}\x{feff}`
const NO_SPACE = String.raw`\x{0}-\x{8}\x{e}-\x{1f}\x{21}-\x{9f}\x{a1}-\x{167f}\x{1681}-\x{1fff}\x{200b}-\x{2027}\x{202a}-\x{202e}\x{2030}-\x{205e}\x{2060}-\x{2fff}\x{3001}-\x{fefe}\x{ff00}-\x{10ffff}`
const NO_LINE_END = String.raw`\x{0}-\x{9}\x{b}\x{c}\x{e}-\x{2027}\x{202a}-\x{10ffff}`

/** A set of characters, as it stands between brackets. */
const set = (node: AST.CharacterSet): string => {
  if (node.kind === 'any') return NO_LINE_END
  if (node.kind === 'space') return node.negate ? NO_SPACE : SPACE
  if (node.kind === 'property') return `\\${node.negate ? 'P' : 'p'}{${property(node)}}`
  const letter = node.kind === 'digit' ? 'd' : 'w'
  return `\\${node.negate ? letter.toUpperCase() : letter}`
}

const property = ({ key, value }: AST.UnicodePropertyCharacterSet): string => {
  if (value === null) return key
  if (['General_Category', 'gc', 'Script', 'sc'].includes(key)) return value
  throw new Inexpressible()
}
