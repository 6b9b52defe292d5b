import type { DeclaredTags } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { ownTags } from './tag-names.rules.ts'

/** What get-or-create looks for: an object with exactly these tags, or (`some`) with these among others. */
export type TagMatch = { integrationTags: Record<string, string>; botTags: Record<string, string>; some: boolean }

/** What stands for "nothing matches, make a new one" where there has to be a match. */
export const NO_MATCH: TagMatch = { integrationTags: {}, botTags: {}, some: false }

/**
 * The tags that decide whether an object is the one meant; undefined when none do, and then a new one is made.
 * @param tags those of the request that have a value
 * @param discriminateByTags the names that count; absent or empty: all of them, and the object may have no others
 */
export const tagMatch = (
  ctx: BotContext,
  tags: Readonly<Record<string, string>>,
  botDeclares: DeclaredTags,
  discriminateByTags: readonly string[] = [],
): TagMatch | undefined => {
  const some = discriminateByTags.length > 0
  const counting = some
    ? Object.fromEntries(Object.entries(tags).filter(([name]) => discriminateByTags.includes(name)))
    : tags
  if (Object.keys(counting).length === 0) return undefined
  const { ofInstallation, ofBot } = ownTags(ctx, counting, botDeclares)
  return { integrationTags: ofInstallation, botTags: ofBot, some }
}
