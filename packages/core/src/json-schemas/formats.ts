import { Ajv, type Format } from 'ajv'
import ajvFormats from 'ajv-formats'
import { cutOff, spend } from './effort.ts'

/** With some of these expressions the cost grows with the square of the length; up to here it is small enough to be paid. */
const PLAIN_CHARS_MAX = 1000
const STEPS_PER_SQUARE = 1 / 16

const bounded =
  (check: (text: string) => boolean) =>
  (text: string): boolean => {
    if (text.length > PLAIN_CHARS_MAX) return cutOff(() => check(text))
    spend(text.length ** 2 * STEPS_PER_SQUARE)
    return check(text)
  }

const checkOf = (format: Format): ((text: string) => boolean) | undefined => {
  if (format instanceof RegExp) return (text) => format.test(text)
  if (typeof format === 'function') return format
  // Those of numbers cost nothing, and `true` is always met.
  return typeof format === 'object' && format.type !== 'number' ? checkOf(format.validate as Format) : undefined
}

/** The formats of ajv-formats; what they cost is paid for, or cut off. */
export const FORMATS = Object.fromEntries(
  Object.entries(ajvFormats.default(new Ajv()).formats).map(([name, format]) => {
    const check = format && checkOf(format)
    return [name, check ? bounded(check) : (format ?? true)]
  }),
)
