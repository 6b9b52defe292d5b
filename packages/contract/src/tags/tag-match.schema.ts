import { z } from 'zod'

const TAG_NAME_MAX = 500

/** By which tags a get-or-create looks: by all that were given, or by those named here alone. */
export const TagMatch = z.object({ discriminateByTags: z.array(z.string().max(TAG_NAME_MAX)).optional() })

/** What every get-or-create answers beside its object. */
export const TagMatchMeta = z.object({ created: z.boolean() })
