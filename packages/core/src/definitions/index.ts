export {
  checkActions,
  checkSchema,
  checkSchemas,
  checkSize,
  checkTags,
  EMPTY_OBJECT_SCHEMA,
} from './check-definitions.ts'
export { eachByName, mergeByName, namesake, withoutNulls, withPlainAttributes } from './merge-by-name.rules.ts'
