export {
  declaredTags,
  type GivenTags,
  namedTags,
  type OwnedTags,
  ownTags,
  presentTags,
  tagChanges,
  undeclaredTag,
} from './tag-names.rules.ts'
