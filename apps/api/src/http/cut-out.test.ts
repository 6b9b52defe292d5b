import { createHash, randomBytes } from 'node:crypto'
import { property } from '@understudy/testkit'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutOut, type Task } from '../../large-bodies/cut-out.mjs'

const CODE: Task = { member: 'code', encoding: 'utf8', restMax: 1000 }
const CONTENTS: Task = { member: 'contents', encoding: 'base64', restMax: 1000 }

const cut = (text: string | Buffer, task = CODE) => {
  const result = cutOut(Buffer.from(text as string), task)
  if (!('rest' in result)) return result
  return {
    rest: Buffer.from(result.rest).toString(),
    cuts: result.cuts.map(({ bytes }) => Buffer.from(bytes).toString()),
  }
}

/** A JSON text of the same value, in which some characters of strings are escaped that need not be. */
const escaped = (value: unknown, step: number): string =>
  JSON.stringify(value).replaceAll(/"(?:[^"\\]|\\.)*"/g, (string) =>
    string.replaceAll(/\\u[0-9a-f]{4}|\\.|[^"]/gu, (sign, at: number) =>
      sign.startsWith('\\') || at % step > 0 ? sign : sign.replaceAll(/[^]/g, unit),
    ),
  )

const unit = (sign: string) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((one) => !/\0|\p{Surrogate}/u.test(one))

test('whatever the text, it is cut into what a parser would have made of it', () => {
  const value = fc.record({
    before: fc.jsonValue(),
    code: fc.oneof(text, fc.json()),
    after: fc.dictionary(fc.constantFrom('code', 'a', '"code":'), fc.jsonValue()),
  })
  const form = fc.record({ spaces: fc.constantFrom('', ' ', '\n\t'), step: fc.integer({ min: 1, max: 9 }) })
  fc.assert(
    fc.property(value, form, (sent, { spaces, step }) => {
      const name = `${spaces},"c\\u006fde"${spaces}:${spaces}`
      const result = cut(escaped(sent, step).replace(',"code":', name), { ...CODE, restMax: 1e6 })
      expect(result).toHaveProperty('cuts', [sent.code])
      const rest: unknown = JSON.parse((result as { rest: string }).rest)
      expect(rest).toEqual(JSON.parse(JSON.stringify({ ...sent, code: '0' })))
    }),
    property(500),
  )
})

test('a name given twice is cut twice: the parser takes the last, whatever it is', () => {
  expect(cut('{"code":"a","code":"b"}')).toEqual({ rest: '{"code":"0","code":"1"}', cuts: ['a', 'b'] })
  expect(cut('{"code":"a","code":1}')).toEqual({ rest: '{"code":"0","code":1}', cuts: ['a'] })
  expect(cut(`{${'"code":"a",'.repeat(101)}"b":1}`)).toEqual({ problem: 'names "code" more than 100 times' })
})

test.each([
  '{"a":{"code":"x"}}',
  '[{"code":"x"}]',
  '{"a":"code"}',
  '{"code":null}',
  '{"code":["x"]}',
  '"code"',
  '',
  ' ',
])('%j has no such member', (sent) => {
  expect(cut(sent)).toEqual({ rest: sent, cuts: [] })
})

test.each([
  ['{"code":"x', 'is not valid JSON'],
  ['{"code":"x\\"}', 'is not valid JSON'],
  ['{"code', 'is not valid JSON'],
  [String.raw`{"code":"\x"}`, 'is not valid JSON'],
  [String.raw`{"code":"\u12"}`, 'is not valid JSON'],
  [String.raw`{"code":"\u00+1"}`, 'is not valid JSON'],
  [String.raw`{"code":"\u12`, 'is not valid JSON'],
  ['{"code":"a\nb"}', 'is not valid JSON'],
  [String.raw`{"code":"\u0000"}`, 'holds a NUL character or half of a surrogate pair'],
  [String.raw`{"code":"\ud83d"}`, 'holds a NUL character or half of a surrogate pair'],
  [String.raw`{"code":"\ud83dx"}`, 'holds a NUL character or half of a surrogate pair'],
  [String.raw`{"code":"\ud83d\ud83d"}`, 'holds a NUL character or half of a surrogate pair'],
  [String.raw`{"code":"\ude00"}`, 'holds a NUL character or half of a surrogate pair'],
  [`{"a":${'['.repeat(100_000)}`, 'is nested deeper than 1000 levels'],
  [Buffer.from('{"code":"\xff"}', 'latin1'), 'is not UTF-8'],
])('%j is refused', (sent, problem) => {
  expect(cut(sent)).toEqual({ problem })
})

test('what is left may only be so long', () => {
  expect(cut(`{"code":"${'x'.repeat(2000)}","a":"${'x'.repeat(2000)}"}`)).toEqual({ restLength: 2019 })
})

test.each([0, 1, 2, 3, 4, 255, 1_000_000])('%i bytes in Base64 come back as they were, in either alphabet', (size) => {
  const bytes = randomBytes(size)
  for (const contents of [bytes.toString('base64'), bytes.toString('base64url')]) {
    const result = cutOut(Buffer.from(JSON.stringify({ contents })), CONTENTS)
    const [only] = 'cuts' in result ? result.cuts : []
    expect(bytes.equals(only?.bytes ?? Buffer.from('nothing'))).toBe(true)
    expect(only?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  }
})

test.each(['A', 'AAAAA', 'Hello, world', 'data:text/plain;base64,AAAA', 'AA=A', 'AA===', 'AA=', '=', 'AA\n', 'ä'])(
  '%j is no Base64',
  (contents) => {
    expect(cut(JSON.stringify({ contents }), CONTENTS)).toEqual({ notBase64: true })
  },
)
