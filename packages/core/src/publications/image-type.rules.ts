import { isUtf8 } from 'node:buffer'

/** The media type of an image by what it holds, whatever it is called; undefined for what no browser shows as one. */
export const imageTypeOf = (bytes: Uint8Array): string | undefined => {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1')
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (/^GIF8[79]a/.test(head)) return 'image/gif'
  if (/^RIFF[^]{4}WEBP/.test(head)) return 'image/webp'
  return isUtf8(bytes) && isSvg(Buffer.from(bytes).toString('utf8')) ? 'image/svg+xml' : undefined
}

const HEAD_BYTES = 16

/** What may stand before the element: marks, declarations, comments, the document type with its own declarations. */
const isSvg = (text: string): boolean => {
  let rest = text.replace(/^\uFEFF/, '').trimStart()
  for (;;) {
    const end = endOfPrologue(rest)
    if (end === undefined) return /^<([\w-]+:)?svg[\s/>]/.test(rest)
    if (end < 0) return false
    rest = rest.slice(end).trimStart()
  }
}

/** Where what stands first ends, unless it is an element; -1 if it never ends. */
const endOfPrologue = (text: string): number | undefined => {
  const [, close] = PROLOGUE.find(([open]) => text.startsWith(open)) ?? []
  if (text.startsWith('<!DOCTYPE')) {
    const [declaration = ''] = /^<!DOCTYPE[^[>]*(\[[^\]]*\]\s*)?>/.exec(text) ?? []
    return declaration.length || -1
  }
  if (close === undefined) return undefined
  const at = text.indexOf(close)
  return at < 0 ? -1 : at + close.length
}

const PROLOGUE = [
  ['<?', '?>'],
  ['<!--', '-->'],
] as const

/** `svg` of `image/svg+xml` */
export const extensionOf = (type: string): string => type.replace(/^image\//, '').replace(/\+.*$/, '')
