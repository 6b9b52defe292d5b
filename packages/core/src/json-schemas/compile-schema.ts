import type { ValidateFunction } from 'ajv'
import { withinBudget } from './effort.ts'
import { FORMATS } from './formats.ts'
import { MeteredAjv } from './metered-ajv.ts'
import { patternOf } from './pattern.ts'
import { checkShape } from './schema-shape.rules.ts'

const OPTIONS = {
  // Unknown keywords such as the studio's `x-zui` are allowed: definitions come from tools that add their own.
  strict: false,
  logger: false,
  validateSchema: false,
} as const

const META_SCHEMA = 'http://json-schema.org/draft-07/schema'
const meta = new MeteredAjv(OPTIONS)

/**
 * Makes a function of a schema (draft-07). Every schema is compiled on its own: whatever it calls itself, no other can see
 * it, and it goes when its function goes.
 * @throws Error saying why it is no schema that data can be held against in reasonable time
 */
export const compileSchema = (schema: object): ValidateFunction => {
  checkShape(schema)
  if (!withinBudget(() => meta.validate(META_SCHEMA, schema)))
    throw new Error(meta.errorsText(undefined, { dataVar: '' }))
  // To ajv this makes functions of promises.
  if ('$async' in schema) throw new Error('$async is no keyword of JSON Schema')
  try {
    return withinBudget(() => {
      const validate = ajvOfOne().compile(schema)
      // The engine compiles on the first call: better here than in the middle of a request.
      validate(undefined)
      return validate
    })
  } catch (error) {
    if (error instanceof RangeError)
      throw new Error('it is too large, or refers to itself without end', { cause: error })
    throw error
  }
}

const ajvOfOne = () =>
  new MeteredAjv({
    ...OPTIONS,
    meta: false,
    formats: FORMATS,
    // A member called `constructor` is there if the data have it, not because every object does.
    ownProperties: true,
    // What is referred to a thousand times is compiled once.
    inlineRefs: false,
    code: { regExp: Object.assign(patternOf, { code: 'patternOf' }), optimize: false },
  })
