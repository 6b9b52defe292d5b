import { z } from 'zod'

const TAG_VALUE_MAX = 500
export const TagValue = z.string().max(TAG_VALUE_MAX)

/** Tags as stored and answered. */
export const Tags = z.record(z.string(), z.string())

/** Tags of something new. An empty value means "not given". */
export const NewTags = z.record(z.string(), TagValue)

/** A change of tags, merged into what is there: an empty value or null unsets the tag. */
export const TagChanges = z.record(z.string(), TagValue.nullable())
export type TagChanges = z.output<typeof TagChanges>

/** A filter: every pair must match exactly. */
export const TagFilter = z.record(z.string(), z.string())

/** Free-form text values a bot keeps beside the tags (`properties`, `attributes`). */
export const TextMap = z.record(z.string(), z.string())
export const TextMapChanges = z.record(z.string(), z.string().nullable())
