/** As much of an input or an output as is kept, in bytes of its JSON. */
const KEPT_BYTES = 190 * 1024

/** The JSON of an object as it is kept: of one that is too large, an object that holds the beginning of its text. */
export const keptText = (value: object): { text: string; truncated: boolean } => {
  const bytes = Buffer.from(JSON.stringify(value))
  if (bytes.length <= KEPT_BYTES) return { text: bytes.toString(), truncated: false }
  // Quotes and backslashes of the text take two bytes inside the new one.
  const beginning = bytes.subarray(0, KEPT_BYTES / 2).toString()
  return { text: JSON.stringify({ truncated: beginning }), truncated: true }
}
