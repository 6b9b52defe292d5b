import { isUtf8 } from 'node:buffer'
import mime from 'mime'

/** The media type of a file: what its name promises. Text that can be UTF-8 is told as such. */
export const contentTypeOf = (name: string, contents: Uint8Array): string => {
  // Behind a slash a name alone ("html") is no extension.
  const type = mime.getType(`/${name}`) ?? 'application/octet-stream'
  return type.startsWith('text/') && isUtf8(contents) ? `${type}; charset=utf-8` : type
}
