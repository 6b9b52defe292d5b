import { _, Ajv, type FuncKeywordDefinition, type KeywordCxt, type KeywordDefinition } from 'ajv'
import { spend } from './effort.ts'

/** Like ajv, but every keyword spends what it costs, and none costs more than schema and data have to do with each other. */
export class MeteredAjv extends Ajv {
  override addKeyword(definition: string | KeywordDefinition): this {
    super.addKeyword(typeof definition === 'string' ? definition : metered(definition))
    return this
  }
}

const metered = (definition: KeywordDefinition): KeywordDefinition => {
  const ours = BY_VALUE[definition.keyword as string]
  if (ours) return ours
  if (!('code' in definition)) return definition
  return {
    ...definition,
    code: (context, type) => {
      const { gen, keyword, data } = context
      const price = priceOf(context)
      const each = WALKS[keyword]
      if (each === undefined) gen.code(_`${gen.scopeValue('func', { ref: spend })}(${price})`)
      else gen.code(_`${gen.scopeValue('func', { ref: payForWalk })}(${price}, ${each}, ${data})`)
      definition.code(context, type)
    },
  }
}

/** Steps of a keyword, and of each member it names: any of them may leave an error behind, hundreds of bytes. */
const KEYWORD_STEPS = 40
const MEMBER_STEPS = 20

/** Steps a keyword takes at most, whatever the data. */
const priceOf = ({ schema }: KeywordCxt): number =>
  KEYWORD_STEPS +
  MEMBER_STEPS * (typeof schema === 'object' && schema !== null ? Object.keys(schema as object).length : 0)

/** Keywords that walk over all of the data, and the steps that each item, member or character takes. */
const WALKS: Record<string, number> = {
  additionalItems: 5,
  additionalProperties: 10,
  contains: 40,
  items: 5,
  maxLength: 1,
  maxProperties: 5,
  minLength: 1,
  minProperties: 5,
  patternProperties: 10,
  propertyNames: 10,
}

const payForWalk = (price: number, each: number, data: string | object): void => {
  const length = typeof data === 'string' || Array.isArray(data) ? data.length : Object.keys(data).length
  spend(price + each * length)
}

/**
 * What compares values. ajv's own compares item by item, and calls members of the data that are named like methods of
 * every object, e.g. `valueOf`.
 */
const BY_VALUE: Record<string, FuncKeywordDefinition> = {
  const: {
    keyword: 'const',
    compile: (wanted: unknown) => isOneOf([wanted]),
    error: { message: 'must be equal to constant' },
  },
  enum: {
    keyword: 'enum',
    schemaType: 'array',
    compile: (wanted: unknown[]) => isOneOf(wanted),
    error: { message: 'must be equal to one of the allowed values' },
  },
  uniqueItems: {
    keyword: 'uniqueItems',
    type: 'array',
    schemaType: 'boolean',
    compile: (wanted: boolean) => (items: unknown[]) => {
      spend(KEYWORD_STEPS)
      return !wanted || new Set(items.map(canonical)).size === items.length
    },
    error: { message: 'must NOT have duplicate items' },
  },
}

const isOneOf = (wanted: unknown[]) => {
  const plain = new Set(wanted)
  const composite = new Set(wanted.filter((one) => typeof one === 'object' && one !== null).map(canonical))
  return (data: unknown): boolean => {
    spend(KEYWORD_STEPS)
    if (typeof data !== 'object' || data === null) return plain.has(data)
    return composite.size > 0 && composite.has(canonical(data))
  }
}

const VALUE_STEPS = 10

/** One text for equal values: the order of members does not matter. */
const canonical = (value: unknown): string => {
  spend(typeof value === 'string' ? VALUE_STEPS + value.length : VALUE_STEPS)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${canonical(name)}:${canonical(member)}`).join()}}`
}
