export { checkJsonSchema, validateData } from './validate-data.ts'
