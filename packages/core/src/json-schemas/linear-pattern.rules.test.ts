import { property } from '@understudy/testkit'
import fc from 'fast-check'
import { RE2Set } from 're2js'
import { expect, test } from 'vitest'
import { linearPatterns } from './linear-pattern.rules.ts'

/** Whether each text matches; undefined where RE2 cannot say it. */
const said = (source: string, texts: readonly string[]): boolean[] | undefined => {
  const sets = linearPatterns(source, true)?.map(({ re2, wanted }) => {
    const set = new RE2Set()
    set.add(re2)
    return { set, wanted }
  })
  return sets && texts.map((text) => sets.every(({ set, wanted }) => set.match(text).length > 0 === wanted))
}

const ALPHABET = [
  'a',
  'b',
  'A',
  '0',
  '_',
  '-',
  ' ',
  '\t',
  '\n',
  '\r',
  '\v',
  '\u00a0',
  '\u2028',
  '\ufeff',
  'é',
  'ſ',
  '😀',
  '$',
  '^',
]

const atom = fc.constantFrom(
  ...[
    'a',
    'b',
    '0',
    '-',
    ' ',
    '.',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\b',
    '\\B',
    '^',
    '$',
    '\\u{1f600}',
    '😀',
    '\\x41',
  ],
  ...[
    '[ab]',
    '[^ab]',
    '[a-b\\d]',
    '[^\\s-]',
    '[\\S\\n]',
    '[\\D]',
    '[\\W_]',
    '[^\\w]',
    '[]',
    '[^]',
    '[\\b]',
    '\\t',
    '\\cJ',
    '[\\0]',
    '\\$',
  ],
  ...[
    '\\p{L}',
    '\\P{L}',
    '[\\p{Lu}_]',
    '[^\\P{L}]',
    '\\p{Script=Latin}',
    '\\p{gc=Nd}',
    '\\p{Alphabetic}',
    '[[]',
    '[&&]',
    '[a\\-z]',
  ],
)
const { pattern } = fc.letrec<{ pattern: string; sequence: string; piece: string }>((tie) => ({
  pattern: fc.array(tie('sequence'), { minLength: 1, maxLength: 3 }).map((all) => all.join('|')),
  sequence: fc.array(tie('piece'), { maxLength: 4 }).map((all) => all.join('')),
  piece: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    atom,
    tie('pattern').map((inner) => `(?:${inner})`),
    fc
      .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '*?', '{2}', '{1,3}', '{2,}'))
      .map(([inner, times]) => `(${inner})${times}`),
  ),
}))
const ahead = fc
  .array(fc.tuple(fc.constantFrom('(?=', '(?!'), pattern), { maxLength: 2 })
  .map((all) => all.map(([kind, inner]) => `${kind}${inner})`).join(''))
const source = fc.oneof(
  pattern,
  fc.tuple(ahead, pattern).map(([looks, rest]) => `^${looks}(?:${rest})`),
  fc.tuple(ahead, pattern).map(([looks, rest]) => `^${looks}${rest}`),
)
const text = fc.array(fc.constantFrom(...ALPHABET), { maxLength: 6 }).map((all) => all.join(''))

test('a pattern that is said in the language of RE2 means what it means to ECMAScript', () => {
  let compared = 0
  fc.assert(
    fc.property(source, fc.array(text, { minLength: 1, maxLength: 8 }), (one, texts) => {
      const answers = said(one, texts)
      if (!answers) return
      compared += texts.length
      const native = new RegExp(one, 'u')
      expect(answers).toEqual(texts.map((each) => native.test(each)))
    }),
    property(500),
  )
  expect(compared).toBeGreaterThan(100)
})
