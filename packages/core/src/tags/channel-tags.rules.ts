import type { DeclaredTags, InstallationProfile } from '../callers/index.ts'

type Kind = 'conversationTags' | 'messageTags'

/** The tags an installation declares for conversations or messages, on any of its channels. */
export const tagsOnAnyChannel =
  (kind: Kind) =>
  ({ channels }: InstallationProfile): DeclaredTags =>
    Object.assign({}, ...Object.values(channels).map((channel) => channel[kind])) as DeclaredTags

/** Channel to tag names, for the statement that knows the channel: JSON, or null where there is no installation. */
export const tagsPerChannel = (kind: Kind, installation: InstallationProfile | undefined): string | null => {
  if (!installation) return null
  const known = written[kind].get(installation) ?? namesPerChannel(kind, installation)
  written[kind].set(installation, known)
  return known
}

/** A profile is read twice a second and asked for this with every message. */
const written = { conversationTags: new WeakMap<object, string>(), messageTags: new WeakMap<object, string>() }

const namesPerChannel = (kind: Kind, { channels }: InstallationProfile): string =>
  JSON.stringify(
    Object.fromEntries(Object.entries(channels).map(([name, channel]) => [name, Object.keys(channel[kind])])),
  )
