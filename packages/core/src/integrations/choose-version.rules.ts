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
  return exact ?? descending.find(({ version }) => semver.satisfies(version, wanted))
}

/** Whether the text is one of the three. */
export const isVersionWish = (text: string): boolean => text === 'latest' || semver.validRange(text) !== null
