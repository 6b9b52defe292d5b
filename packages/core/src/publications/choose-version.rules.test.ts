import { expect, test } from 'vitest'
import { chooseVersion, isVersionWish } from './choose-version.rules.ts'

const versions = ['1.0.0', '1.10.0', '1.9.0', '2.0.0-beta.1', '0.9.0'].map((version) => ({
  id: version,
  version,
}))

test.each([
  ['latest', '1.10.0'],
  ['1.9.0', '1.9.0'],
  ['2.0.0-beta.1', '2.0.0-beta.1'],
  ['<1.9.0', '1.0.0'],
  ['>=1.0.0 <2.0.0', '1.10.0'],
  ['^2.0.0-beta.0', '2.0.0-beta.1'],
  ['>=2.0.0', undefined],
  ['nonsense', undefined],
  ['<9.0.0 '.repeat(2000), undefined],
  ['* || '.repeat(3000), undefined],
])('%s means %s', (wanted, version) => {
  expect(chooseVersion(versions, wanted)?.version).toBe(version)
})

test('a pre-release is the latest only where there is nothing else', () => {
  expect(chooseVersion(versions.slice(3, 4), 'latest')?.version).toBe('2.0.0-beta.1')
})

test.each(['', '*', 'latest', '1.x', '<1.2.3'])('"%s" is a wish', (text) => {
  expect(isVersionWish(text)).toBe(true)
})

test.each(['nonsense', '<9.0.0 '.repeat(2000), `1.${'0'.repeat(300)}.0`])('"%s" is none', (text) => {
  expect(isVersionWish(text)).toBe(false)
})
