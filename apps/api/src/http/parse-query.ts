import { invalidQuery } from '@understudy/core'
import { z } from 'zod'

/**
 * Reads a query string in the dialects clients speak: `tags.id=1` (official clients), `tags[id]=1` (qs), repeated keys,
 * `ids[]=a` and `ids[0]=a` for lists. Only the first dot or bracket separates, because names of tags may hold dots, colons,
 * hashes and brackets.
 */
export const parseQuery = (text: string): Record<string, unknown> => {
  const query = new Map<string, string[] | Map<string, string[]>>()
  for (const [key, value] of new URLSearchParams(text)) {
    const { name, member } = split(key)
    const known = query.get(name)
    if (member === undefined) {
      // A plain value beside an object of the same name says nothing: the object stays.
      if (!(known instanceof Map)) append(query, name, known, value)
    } else {
      const object = known instanceof Map ? known : new Map<string, string[]>()
      append(object, member, object.get(member), value)
      query.set(name, object)
    }
  }
  return plain(query, (value) => (value instanceof Map ? plain(value, single) : single(value)))
}

/** In place: a name may be repeated thousands of times. */
const append = <T>(
  things: Map<string, T | string[]>,
  name: string,
  known: string[] | undefined,
  value: string,
): void => {
  if (known) known.push(value)
  else things.set(name, [value])
}

const LIST_MEMBER = /^([^.[]+)\[\d*\]$/
const OBJECT_MEMBER = /^([^.[]+)(?:\.(.*)|\[(.*)\])$/s

const split = (key: string): { name: string; member?: string | undefined } => {
  const [, list] = LIST_MEMBER.exec(key) ?? []
  if (list !== undefined) return { name: list }
  const [, name = key, dotted, bracketed] = OBJECT_MEMBER.exec(key) ?? []
  return { name, member: dotted ?? bracketed }
}

const single = (values: string[]): unknown => (values.length === 1 ? values[0] : values)

/** Names are whatever a client sends: `__proto__` is one like any other. */
const plain = <T>(things: Map<string, T>, make: (thing: T) => unknown): Record<string, unknown> =>
  Object.fromEntries([...things].map(([name, thing]) => [name, make(thing)]))

/** What is not properly percent-encoded would be read as something nobody meant. */
export const isProperlyEncoded = (url: string): boolean => {
  try {
    decodeURIComponent(url)
    return true
  } catch {
    return false
  }
}

/**
 * The third dialect: an object or a list as one JSON text, where the operation expects one.
 * @throws InvalidQuery for text that starts like JSON and is none, and for a key that no object of ours can have
 */
export const decodeJsonValues = (schema: z.ZodType, query: unknown): unknown => {
  if (!(schema instanceof z.ZodObject)) return query
  const decoded = Object.entries(query as Record<string, unknown>).map(([name, value]) => {
    const expected = schema.shape[name] as z.ZodType | undefined
    const read = expected && isComposite(expected) && typeof value === 'string' ? fromJson(name, value) : value
    // Parsing would drop it without a word, and with it a filter.
    if (expected && read instanceof Object && Object.hasOwn(read, '__proto__'))
      throw invalidQuery(name, 'holds the forbidden key "__proto__"')
    return [name, read]
  })
  return Object.fromEntries(decoded) as unknown
}

const isComposite = (schema: z.ZodType): boolean => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return isComposite(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe) return isComposite(schema.out as z.ZodType)
  return schema instanceof z.ZodRecord || schema instanceof z.ZodArray || schema instanceof z.ZodObject
}

const fromJson = (name: string, text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw invalidQuery(name, 'is not valid JSON')
  }
}
