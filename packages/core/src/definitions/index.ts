export { checkActions, checkSchema, checkSchemas, checkTags, EMPTY_OBJECT_SCHEMA } from './check-definitions.ts'
export { eachByName, mergeByName, withoutNulls, withPlainAttributes } from './merge-by-name.rules.ts'
