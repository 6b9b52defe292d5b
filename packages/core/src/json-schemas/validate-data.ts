import { createHash } from 'node:crypto'
import type { ValidateFunction } from 'ajv'
import { invalidDataFormat, invalidJsonSchema } from '../errors.ts'
import { compileSchema } from './compile-schema.ts'
import { TooCostly, withinBudget } from './effort.ts'

/** How much JSON of schemas is kept compiled, in characters, at up to 70 bytes each; the least recently compiled leaves first. */
const KEPT_CHARS = 2_000_000

const byContent = new Map<string, { validate: ValidateFunction; chars: number }>()
const byIdentity = new WeakMap<object, ValidateFunction>()
let keptChars = 0

const compiled = (schema: object): ValidateFunction => {
  const known = byIdentity.get(schema)
  if (known) return known
  const text = JSON.stringify(schema)
  const key = createHash('sha256').update(text).digest('base64')
  const validate = byContent.get(key)?.validate ?? keep(key, compileSchema(schema), text.length)
  byIdentity.set(schema, validate)
  return validate
}

const keep = (key: string, validate: ValidateFunction, chars: number): ValidateFunction => {
  byContent.set(key, { validate, chars })
  keptChars += chars
  for (const [oldest, { chars: freed }] of byContent) {
    if (keptChars <= KEPT_CHARS) break
    byContent.delete(oldest)
    keptChars -= freed
  }
  return validate
}

/**
 * Holds data against a declared JSON schema (draft-07).
 * @param field the dotted path of the data in the request, for the message
 * @throws InvalidDataFormat naming the first thing that is wrong, or that it takes too long to find out; InvalidJsonSchema
 * for a schema that was never checked
 */
export const validateData = (schema: object, data: unknown, field: string): void => {
  const validate = usable(schema, field)
  if (isValid(validate, data, field)) return
  const [error] = validate.errors ?? []
  throw invalidDataFormat(
    `${field}${(error?.instancePath ?? '').replaceAll('/', '.')}`,
    error?.message ?? 'does not match its schema',
  )
}

const isValid = (validate: ValidateFunction, data: unknown, field: string): boolean => {
  try {
    return withinBudget(() => validate(data))
  } catch (error) {
    // The stack ends before the steps do where a schema refers to itself for ever.
    if (error instanceof TooCostly || error instanceof RangeError)
      throw invalidDataFormat(field, new TooCostly().message)
    throw error
  }
}

/**
 * Checks that something is a JSON schema that data can be held against.
 * @throws InvalidJsonSchema naming what is wrong
 */
export const checkJsonSchema = (schema: object, field: string): void => void usable(schema, field)

const usable = (schema: object, field: string): ValidateFunction => {
  try {
    return compiled(schema)
  } catch (error) {
    throw invalidJsonSchema(field, (error as Error).message)
  }
}
