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
      const walks = WALKING.has(keyword)
      const pay = gen.scopeValue('func', { ref: walks ? payForWalk : spend })
      const price = priceOf(context)
      gen.code(walks ? _`${pay}(${price}, ${data})` : _`${pay}(${price})`)
      definition.code(context, type)
    },
  }
}

/** Keywords that walk over all of the data, whatever they do with the parts. */
const WALKING = new Set([
  'additionalItems',
  'additionalProperties',
  'contains',
  'items',
  'maxLength',
  'maxProperties',
  'minLength',
  'minProperties',
  'patternProperties',
  'propertyNames',
])

/** Steps a keyword takes at most, whatever the data. */
const priceOf = ({ schema }: KeywordCxt): number =>
  1 + (typeof schema === 'object' && schema !== null ? Object.keys(schema as object).length : 0)

const payForWalk = (price: number, data: string | object): void => {
  if (typeof data === 'string' || Array.isArray(data)) spend(price + data.length)
  else spend(price + Object.keys(data).length)
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
    validate: (wanted: boolean, items: unknown[]) => !wanted || new Set(items.map(canonical)).size === items.length,
    error: { message: 'must NOT have duplicate items' },
  },
}

const isOneOf = (wanted: unknown[]) => {
  const plain = new Set(wanted)
  const composite = new Set(wanted.filter((one) => typeof one === 'object' && one !== null).map(canonical))
  return (data: unknown): boolean => {
    if (typeof data !== 'object' || data === null) return plain.has(data)
    return composite.size > 0 && composite.has(canonical(data))
  }
}

/** One text for equal values: the order of members does not matter. */
const canonical = (value: unknown): string => {
  spend(typeof value === 'string' ? value.length + 1 : 1)
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${members.map(([name, member]) => `${canonical(name)}:${canonical(member)}`).join()}}`
}
