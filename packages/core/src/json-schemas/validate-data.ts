import { createHash } from 'node:crypto'
import { Ajv, type ValidateFunction } from 'ajv'
import ajvFormats from 'ajv-formats'
import { invalidDataFormat, invalidJsonSchema } from '../errors.ts'

/** How many compiled schemas are kept; the least recently compiled leaves first. */
const KEPT = 1000

// Unknown keywords such as the studio's `x-zui` are allowed: definitions come from tools that add their own.
const ajv = new Ajv({ strict: false, allErrors: false, validateSchema: true, addUsedSchema: false })
ajvFormats.default(ajv)

const byContent = new Map<string, ValidateFunction>()
const byIdentity = new WeakMap<object, ValidateFunction>()

const compiled = (schema: object): ValidateFunction => {
  const known = byIdentity.get(schema)
  if (known) return known
  const key = createHash('sha256').update(JSON.stringify(schema)).digest('base64')
  const validate = byContent.get(key) ?? ajv.compile(schema)
  byContent.set(key, validate)
  if (byContent.size > KEPT) {
    const oldest = byContent.entries().next().value
    if (oldest) {
      byContent.delete(oldest[0])
      ajv.removeSchema(oldest[1].schema)
    }
  }
  byIdentity.set(schema, validate)
  return validate
}

/**
 * Holds data against a declared JSON schema (draft-07).
 * @param field the dotted path of the data in the request, for the message
 * @throws InvalidDataFormat naming the first thing that is wrong
 */
export const validateData = (schema: object, data: unknown, field: string): void => {
  const validate = compiled(schema)
  if (validate(data)) return
  const [error] = validate.errors ?? []
  throw invalidDataFormat(
    `${field}${(error?.instancePath ?? '').replaceAll('/', '.')}`,
    error?.message ?? 'does not match its schema',
  )
}

/**
 * Checks that something is a JSON schema that data can be held against.
 * @throws InvalidJsonSchema naming what is wrong
 */
export const checkJsonSchema = (schema: object, field: string): void => {
  try {
    compiled(schema)
  } catch (error) {
    throw invalidJsonSchema(field, (error as Error).message)
  }
}
