import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'

// Plain JavaScript, because a worker thread loads it as it is.

const [QUOTE, BACKSLASH, COLON] = Buffer.from(`"\\:`)
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Buffer.from('[]{}')
const SPACES = new Set(Buffer.from(' \t\r\n'))

/** A name given twice is the client's mistake; given without end it is an attack. */
const CUTS_MAX = 100

const DEPTH_MAX = 1000

const NOT_JSON = { problem: 'is not valid JSON' }

/**
 * Cuts a member of the outermost object out of a JSON text wherever it is a string. In the rest its place is held by its
 * number, as a string. The bytes are worked on in place: what is unescaped is never longer.
 * @param {Uint8Array} bytes the text; they belong to the function from now on
 * @param {{ member: string, encoding: 'utf8' | 'base64', restMax: number }} task
 * @returns {import('./cut-out.mjs').CutOut}
 */
export const cutOut = (bytes, { member, encoding, restMax }) => {
  if (!isUtf8(bytes)) return { problem: 'is not UTF-8' }
  const found = findMember(bytes, member)
  if ('problem' in found) return found
  const rest = withoutStrings(bytes, found.spans)
  if (rest.length > restMax) return { restLength: rest.length }
  const cuts = []
  for (const [start, end] of found.spans) {
    const text = unescaped(bytes, start, end)
    if ('problem' in text) return text
    const cut = encoding === 'base64' ? fromBase64(text.bytes) : text.bytes
    if (!cut) return { notBase64: true }
    cuts.push({ bytes: cut, sha256: createHash('sha256').update(cut).digest('hex') })
  }
  return { rest, cuts }
}

/** Where the strings lie, without their quotes. Whatever else is wrong with the text is left to whoever parses the rest. */
const findMember = (bytes, member) => {
  const name = Buffer.from(member)
  const spans = []
  let depth = 0
  let at = 0
  while (at < bytes.length) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const end = endOfString(bytes, at)
      if (end < 0) return NOT_JSON
      const colon = depth === 1 ? afterSpaces(bytes, end + 1) : -1
      if (bytes[colon] !== COLON || !isName(bytes.subarray(at + 1, end), name, member)) {
        at = end + 1
        continue
      }
      at = afterSpaces(bytes, colon + 1)
      if (bytes[at] !== QUOTE) continue
      const last = endOfString(bytes, at)
      if (last < 0) return NOT_JSON
      spans.push([at + 1, last])
      if (spans.length > CUTS_MAX) return { problem: `names "${member}" more than ${CUTS_MAX} times` }
      at = last + 1
      continue
    }
    if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
      if (++depth > DEPTH_MAX) return { problem: `is nested deeper than ${DEPTH_MAX} levels` }
    } else if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) depth--
    at++
  }
  return { spans }
}

/** The place of the quote that ends the string which begins here, or -1. */
const endOfString = (bytes, quote) => {
  for (let at = quote + 1; at < bytes.length; at++) {
    const byte = bytes[at]
    if (byte === BACKSLASH) at++
    else if (byte === QUOTE) return at
  }
  return -1
}

const afterSpaces = (bytes, from) => {
  let at = from
  while (SPACES.has(bytes[at])) at++
  return at
}

/** A name may be written in escapes: six bytes each at most. */
const isName = (key, name, member) => {
  if (key.length === name.length) return name.equals(key)
  if (key.length < name.length || key.length > 6 * name.length || !key.includes(BACKSLASH)) return false
  try {
    return JSON.parse(`"${Buffer.from(key).toString()}"`) === member
  } catch {
    return false
  }
}

const withoutStrings = (bytes, spans) => {
  const pieces = []
  let from = 0
  for (const [number, [start, end]] of spans.entries()) {
    pieces.push(bytes.subarray(from, start), Buffer.from(String(number)))
    from = end
  }
  return Buffer.concat([...pieces, bytes.subarray(from)])
}

const UNSTORABLE = { problem: 'holds a NUL character or half of a surrogate pair' }

const [LETTER_U] = Buffer.from('u')

/** As written in lower case, which `| 0x20` leaves digits as they are in. */
const DIGITS = Buffer.from('0123456789abcdef')

const ESCAPES = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(
    ([letter, meaning]) => [letter.charCodeAt(0), meaning.charCodeAt(0)],
  ),
)

/** What a string stands for, in UTF-8, written over itself. */
const unescaped = (bytes, start, end) => {
  let to = start
  let from = start
  while (from < end) {
    const byte = bytes[from++]
    if (byte < 0x20) return NOT_JSON
    if (byte !== BACKSLASH) {
      bytes[to++] = byte
      continue
    }
    const letter = bytes[from++]
    if (letter !== LETTER_U) {
      const meaning = ESCAPES.get(letter)
      if (meaning === undefined) return NOT_JSON
      bytes[to++] = meaning
      continue
    }
    let code = hexAt(bytes, from)
    if (code < 0) return NOT_JSON
    from += 4
    if (code >= 0xd800 && code < 0xdc00 && bytes[from] === BACKSLASH && bytes[from + 1] === LETTER_U) {
      const low = hexAt(bytes, from + 2)
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        from += 6
      }
    }
    if (code === 0 || (code >= 0xd800 && code < 0xe000)) return UNSTORABLE
    to = write(code, bytes, to)
  }
  return { bytes: bytes.subarray(start, to) }
}

/** The number that four digits make, or -1. A string that ends before them has its quote there, which is none. */
const hexAt = (bytes, at) => {
  let value = 0
  for (let place = at; place < at + 4; place++) {
    const digit = DIGITS.indexOf(bytes[place] | 0x20)
    if (digit < 0 || bytes[place] < 0x30) return -1
    value = value * 16 + digit
  }
  return value
}

/** Writes a character in UTF-8. @returns the place behind it */
const write = (code, bytes, at) => {
  if (code < 0x80) {
    bytes[at] = code
    return at + 1
  }
  const more = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3
  bytes[at] = [0xc0, 0xe0, 0xf0][more - 1] | (code >> (6 * more))
  for (let left = more - 1; left >= 0; left--) bytes[at + more - left] = 0x80 | ((code >> (6 * left)) & 0x3f)
  return at + more + 1
}

const FOREIGN = /[^A-Za-z0-9+/_-]/

/** The bytes that a text in Base64 (either alphabet, padded or not at all) stands for; undefined for any other text. */
const fromBase64 = (bytes) => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  const digits = text.replace(/={1,2}$/, '')
  // Node skips what it does not know, and a digit too many.
  const isComplete = digits === text ? digits.length % 4 !== 1 : text.length % 4 === 0
  if (FOREIGN.test(digits) || !isComplete) return undefined
  return Buffer.from(digits, 'base64')
}
