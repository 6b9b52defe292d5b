import { z } from 'zod'

const PAGE_SIZE_DEFAULT = 20
const PAGE_SIZE_MAX = 100

/** What every list accepts. `pageSize` is clamped to 100, as a smaller page is never wrong; junk is refused. */
export const PageQuery = z.object({
  nextToken: z.string().optional(),
  pageSize: z.coerce
    .number()
    .int()
    .min(1)
    .transform((size) => Math.min(size, PAGE_SIZE_MAX))
    .default(PAGE_SIZE_DEFAULT),
})
export type PageQuery = z.output<typeof PageQuery>

/** What every list answers beside its items; clients go on until `nextToken` is missing. */
export const PageMeta = z.object({ nextToken: z.string().optional() })
