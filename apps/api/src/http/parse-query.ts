import { z } from 'zod'

/**
 * Reads a query string in the dialects clients speak: `tags.id=1` (official clients), `tags[id]=1` (qs), repeated keys,
 * `ids[]=a` and `ids[0]=a` for lists. Only the first dot or the brackets at the end separate, because names of tags may hold
 * dots, colons and hashes.
 */
export const parseQuery = (text: string): Record<string, unknown> => {
  const query = new Map<string, string[] | Map<string, string[]>>()
  for (const [key, value] of new URLSearchParams(text)) {
    const { name, member } = split(key)
    const known = query.get(name)
    if (member === undefined) {
      // A plain value beside an object of the same name says nothing: the object stays.
      if (!(known instanceof Map)) query.set(name, [...(known ?? []), value])
    } else {
      const object = known instanceof Map ? known : new Map<string, string[]>()
      object.set(member, [...(object.get(member) ?? []), value])
      query.set(name, object)
    }
  }
  return plain(query, (value) => (value instanceof Map ? plain(value, single) : single(value)))
}

const LIST_MEMBER = /\[\d*\]$/
const OBJECT_MEMBER = /^([^.[]+)\[([^\]]+)\]$/

const split = (key: string): { name: string; member?: string } => {
  if (LIST_MEMBER.test(key)) return { name: key.replace(LIST_MEMBER, '') }
  const [, name, member] = OBJECT_MEMBER.exec(key) ?? []
  if (name !== undefined && member !== undefined) return { name, member }
  const dot = key.indexOf('.')
  return dot > 0 ? { name: key.slice(0, dot), member: key.slice(dot + 1) } : { name: key }
}

const single = (values: string[]): unknown => (values.length === 1 ? values[0] : values)

/** Names are whatever a client sends: `__proto__` is one like any other. */
const plain = <T>(things: Map<string, T>, make: (thing: T) => unknown): Record<string, unknown> =>
  Object.fromEntries([...things].map(([name, thing]) => [name, make(thing)]))

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
