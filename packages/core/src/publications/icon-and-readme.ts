import { isUtf8 } from 'node:buffer'
import { createHash } from 'node:crypto'
import { fromBase64 } from '../base64.ts'
import type { PlatformContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'
import { checkLimit } from '../limits/index.ts'
import { imageTypeOf } from './image-type.rules.ts'

/** The columns of an icon, or none where it is not mentioned. @throws InvalidPayload; LimitExceeded */
export const iconColumns = (ctx: PlatformContext, icon: string | undefined) => {
  if (icon === undefined || FILE_NAME.test(icon)) return {}
  if (icon === '') return { icon: null, iconType: null, iconTag: null }
  const bytes = decoded('icon', icon)
  checkLimit(ctx, 'iconBytes', bytes.length)
  const iconType = imageTypeOf(bytes)
  if (!iconType) throw invalidPayload('icon', 'has to be an image: SVG, PNG, JPEG, GIF or WebP')
  return { icon: bytes, iconType, iconTag: tagOf(bytes) }
}

/** The columns of a readme, or none where it is not mentioned. @throws InvalidPayload; LimitExceeded */
export const readmeColumns = (ctx: PlatformContext, readme: string | undefined) => {
  if (readme === undefined || FILE_NAME.test(readme)) return {}
  if (readme === '') return { readme: null, readmeTag: null }
  const bytes = decoded('readme', readme)
  checkLimit(ctx, 'readmeBytes', bytes.length)
  if (!isUtf8(bytes)) throw invalidPayload('readme', 'has to be text in UTF-8')
  return { readme: bytes, readmeTag: tagOf(bytes) }
}

/**
 * What `bp dev` sends of an integration: the names of its files, where `bp deploy` sends what is in them. That is as if they
 * were not mentioned. No Base64 has a dot in it.
 */
const FILE_NAME = /^[\w./\\ -]*\.(svg|md)$/i

const decoded = (field: string, text: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64(text)
  if (!bytes) throw invalidPayload(field, 'has to be Base64')
  return new Uint8Array(bytes)
}

/** Part of an address: nobody finds it who was not shown it, or the contents themselves. */
const TAG_LENGTH = 32

const tagOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex').slice(0, TAG_LENGTH)
