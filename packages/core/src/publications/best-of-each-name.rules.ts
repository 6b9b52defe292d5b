import { chooseVersion } from './choose-version.rules.ts'

/** Of each name, the id of the version that is meant; names without such a version have none. */
export const bestOfEachName = (
  versions: readonly { id: string; familyId: string; version: string }[],
  wanted: string,
): string[] => {
  const families = new Map<string, (typeof versions)[number][]>()
  for (const one of versions) {
    const family = families.get(one.familyId)
    if (family) family.push(one)
    else families.set(one.familyId, [one])
  }
  return [...families.values()].flatMap((family) => chooseVersion(family, wanted)?.id ?? [])
}
