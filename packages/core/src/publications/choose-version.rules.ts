import semver from 'semver'

type Version = { id: string; version: string }

/**
 * The version that is meant: `latest`, an exact version, or the highest in a semver range. Pre-releases only count where
 * the range names them, and as `latest` only where there is nothing else.
 */
export const chooseVersion = <V extends Version>(versions: readonly V[], wanted: string): V | undefined => {
  const descending = versions.toSorted((a, b) => semver.rcompare(a.version, b.version))
  if (wanted === 'latest') return descending.find(({ version }) => semver.prerelease(version) === null) ?? descending[0]
  const exact = descending.find(({ version }) => version === wanted)
  if (exact) return exact
  const range = rangeOf(wanted)
  return range && descending.find(({ version }) => range.test(version))
}

/** Whether the text is one of the three. */
export const isVersionWish = (text: string): boolean => text === 'latest' || rangeOf(text) !== undefined

/** Longer than any range a person writes; a longer one would be held, comparator by comparator, against every version. */
const RANGE_MAX = 256

const rangeOf = (text: string): semver.Range | undefined => {
  if (text.length > RANGE_MAX) return undefined
  try {
    return new semver.Range(text)
  } catch {
    return undefined
  }
}
