const FOREIGN = /[^A-Za-z0-9+/_-]/

/** The bytes that a text in Base64 (either alphabet, padded or not at all) stands for; undefined for any other text. */
export const fromBase64 = (text: string): Buffer | undefined => {
  const digits = text.replace(/={1,2}$/, '')
  // Node skips what it does not know, and a digit too many.
  const isComplete = digits === text ? digits.length % 4 !== 1 : text.length % 4 === 0
  if (FOREIGN.test(digits) || !isComplete) return undefined
  return Buffer.from(digits, 'base64')
}
