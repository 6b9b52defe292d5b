import { z } from 'zod'

/** An id inside a body: the published bounds of runtime ids, `<prefix>_<ULID>` or a UUID. */
export const ReferencedId = z.string().min(28).max(36)

/** An id inside a path: anything, because an id nobody knows is not found rather than malformed. */
export const PathId = z.object({ id: z.string() })
