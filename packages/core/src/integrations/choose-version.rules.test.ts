import { expect, test } from 'vitest'
import { chooseVersion } from './choose-version.rules.ts'

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
])('%s means %s', (wanted, version) => {
  expect(chooseVersion(versions, wanted)?.version).toBe(version)
})

test('a pre-release is the latest only where there is nothing else', () => {
  expect(chooseVersion(versions.slice(3, 4), 'latest')?.version).toBe('2.0.0-beta.1')
})
