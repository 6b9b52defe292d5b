import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { fresh } from './fresh.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }))
afterEach(() => void vi.useRealTimers())

/** A source that counts how often it is asked, and answers when told to. */
const source = () => {
  const waiting: ((value: string | undefined) => void)[] = []
  const load = vi.fn<() => Promise<string | undefined>>(() => new Promise((answer) => waiting.push(answer)))
  return { load, answer: (value: string | undefined) => waiting.shift()?.(value) }
}

test('callers at the same time share one load, callers soon after its answer', async () => {
  const { load, answer } = source()
  const { get } = fresh(load, 500)
  const both = Promise.all([get('a'), get('a')])
  answer('one')
  expect(await both).toEqual(['one', 'one'])
  vi.advanceTimersByTime(499)
  expect(await get('a')).toBe('one')
  expect(load).toHaveBeenCalledTimes(1)
})

test('nothing is older than allowed, counted from the start of its load', async () => {
  const { load, answer } = source()
  const { get } = fresh(load, 500)
  const slow = get('a')
  vi.advanceTimersByTime(400)
  answer('one')
  await slow
  vi.advanceTimersByTime(100)
  const next = get('a')
  answer('two')
  expect(await next).toBe('two')
})

test('what was being loaded while everything is forgotten is not remembered', async () => {
  const { load, answer } = source()
  const { get, clear } = fresh(load, 500)
  const before = get('a')
  clear()
  const after = get('a')
  answer('old')
  answer('new')
  expect([await before, await after, await get('a')]).toEqual(['old', 'new', 'new'])
})

test('that there is nothing is not remembered, and a failure is not either', async () => {
  const answers = [async () => undefined, () => Promise.reject(new Error('away')), async () => 'found']
  const { get } = fresh(() => answers.shift()?.() ?? Promise.resolve(undefined), 500)
  expect(await get('a')).toBeUndefined()
  await expect(get('a')).rejects.toThrow('away')
  expect(await get('a')).toBe('found')
})

test('however many keys there are, memory stays bounded', async () => {
  const load = vi.fn<(key: number) => Promise<number>>(async (key) => key)
  const { get } = fresh(load, 500)
  await Promise.all(Array.from({ length: 10_001 }, (_, key) => get(key)))
  await get(0)
  expect(load).toHaveBeenCalledTimes(10_002)
})
