export { tagsOnAnyChannel, tagsPerChannel } from './channel-tags.rules.ts'
export { listTagValues } from './list-tag-values.ts'
export { NO_MATCH, type TagMatch, tagMatch } from './tag-match.rules.ts'
export {
  declaredTags,
  type GivenTags,
  namedTags,
  type OwnedTags,
  ownTags,
  presentTags,
  type TagChange,
  tagChange,
  undeclaredTag,
} from './tag-names.rules.ts'
export { taggedRows } from './tagged-rows.ts'
