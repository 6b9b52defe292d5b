import { z } from 'zod'

type Value = string | string[] | Record<string, string | string[]>

/**
 * Reads a query string in the dialects clients speak: `tags.id=1` (official clients), `tags[id]=1` (qs), repeated keys,
 * `ids[]=a` and `ids[0]=a` for lists. Only the first dot or the first pair of brackets separates, because names of tags may
 * hold dots, colons and hashes.
 */
export const parseQuery = (text: string): Record<string, unknown> => {
  const query: Record<string, Value> = Object.create(null)
  for (const [key, value] of new URLSearchParams(text)) {
    const { name, member } = split(key)
    if (member === undefined) {
      query[name] = added(query[name], value)
    } else if (/^\d*$/.test(member) && !isObject(query[name])) {
      query[name] = [query[name] ?? [], value].flat() as string[]
    } else {
      const object = isObject(query[name]) ? query[name] : (Object.create(null) as Record<string, string | string[]>)
      object[member] = added(object[member], value) as string | string[]
      query[name] = object
    }
  }
  return query
}

const split = (key: string): { name: string; member?: string } => {
  const bracketed = /^([^.[]+)\[([^\]]*)\]$/.exec(key)
  if (bracketed) return { name: bracketed[1] as string, member: bracketed[2] as string }
  const dot = key.indexOf('.')
  return dot > 0 ? { name: key.slice(0, dot), member: key.slice(dot + 1) } : { name: key }
}

const isObject = (value: Value | undefined): value is Record<string, string | string[]> =>
  typeof value === 'object' && !Array.isArray(value)

const added = (known: Value | undefined, value: string): Value =>
  known === undefined
    ? value
    : typeof known === 'string'
      ? [known, value]
      : Array.isArray(known)
        ? [...known, value]
        : known

/** The third dialect: an object or a list as one JSON text, where the operation expects one. Broken JSON is left to its schema. */
export const decodeJsonValues = (schema: z.ZodType, query: unknown): unknown => {
  if (!(schema instanceof z.ZodObject)) return query
  const decoded = Object.entries(query as Record<string, unknown>).map(([name, value]) => {
    const expected = schema.shape[name] as z.ZodType | undefined
    return [name, expected && isComposite(expected) && typeof value === 'string' ? fromJson(value) : value]
  })
  return Object.fromEntries(decoded) as unknown
}

const isComposite = (schema: z.ZodType): boolean => {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodNullable)
    return isComposite(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodPipe) return isComposite(schema.out as z.ZodType)
  return schema instanceof z.ZodRecord || schema instanceof z.ZodArray || schema instanceof z.ZodObject
}

const fromJson = (text: string): unknown => {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
