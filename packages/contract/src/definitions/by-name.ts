import { z } from 'zod'

/** Things under names their author chose. */
export const byName = <T extends z.ZodType>(thing: T) => z.record(z.string(), thing)

/** A change of such things: null removes the name, a name that is not mentioned stays as it is. */
export const changesByName = <T extends z.ZodType>(thing: T) => z.record(z.string(), thing.nullable())
