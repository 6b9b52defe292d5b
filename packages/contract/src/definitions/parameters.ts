import { z } from 'zod'

/** A yes or no in a query: it arrives as text. */
export const FlagParameter = z.stringbool().meta({ type: 'boolean' })

/** A query parameter that may be repeated: given once, it arrives as plain text. */
export const NamesParameter = z.preprocess(
  (names) => (typeof names === 'string' ? [names] : names),
  z.array(z.string()),
)
