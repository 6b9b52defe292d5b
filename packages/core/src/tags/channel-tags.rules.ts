import type { DeclaredTags, InstallationProfile } from '../callers/index.ts'

type Kind = 'conversationTags' | 'messageTags'

/** The tags an installation declares for conversations or messages, on any of its channels. */
export const tagsOnAnyChannel =
  (kind: Kind) =>
  ({ channels }: InstallationProfile): DeclaredTags =>
    Object.assign({}, ...Object.values(channels).map((channel) => channel[kind])) as DeclaredTags

/** Channel to tag names, for the statement that knows the channel: JSON, or null where there is no installation. */
export const tagsPerChannel = (kind: Kind, installation: InstallationProfile | undefined): string | null =>
  installation
    ? JSON.stringify(
        Object.fromEntries(
          Object.entries(installation.channels).map(([name, channel]) => [name, Object.keys(channel[kind])]),
        ),
      )
    : null
