import { randomBytes, randomFillSync, randomUUID } from 'node:crypto'
import { ulid } from 'ulid'

/** Prefixes of the Cloud's ids; official tools recognise an id by them. */
export type IdPrefix =
  | 'audit'
  | 'bak'
  | 'client'
  | 'conv'
  | 'evt'
  | 'file'
  | 'iak'
  | 'issue'
  | 'issueevt'
  | 'msg'
  | 'pat'
  | 'state'
  | 'user'

// Random bytes come by the page: asked for one by one, as the library does by itself, they cost more than all the rest.
const page = Buffer.alloc(4096)
let used = page.length

/** A number in [0, 1), in steps of 1/256: exactly eight for each of the 32 characters of a ULID. */
const nextRandom = (): number => {
  if (used === page.length) {
    randomFillSync(page)
    used = 0
  }
  return page.readUInt8(used++) / 256
}

/** `<prefix>_<ULID>`, 30 to 32 characters: text order is the order of creation up to the millisecond. */
export const newId = (prefix: IdPrefix): string => `${prefix}_${ulid(undefined, nextRandom)}`

const ULID = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** Whether this is what `newId` makes, for this prefix: anything else may be a name somebody chose. */
export const isIdOf = (prefix: IdPrefix, text: string): boolean =>
  text.startsWith(`${prefix}_`) && ULID.test(text.slice(prefix.length + 1))

/** The id of a bot, an integration, a workspace, an account, a webhook. */
export const newUuid = (): string => randomUUID()

/** `err_<yyyymmddhhmmss>x<8 HEX>`, the look support tooling searches for. */
export const newErrorId = (now: Date): string =>
  `err_${now.toISOString().replace(/\D/g, '').slice(0, 14)}x${randomBytes(4).toString('hex').toUpperCase()}`

/** What a caller shows to be let in, e.g. `bp_pat_…`: 32 random characters behind a prefix that names its kind. */
export const newToken = (kind: 'pat' | 'bak' | 'iak' | 'secret'): string =>
  `bp_${kind}_${randomBytes(24).toString('base64url')}`

/** A secret for signing requests, 64 hexadecimal characters. */
export const newSigningSecret = (): string => randomBytes(32).toString('hex')

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Whether the text can be the id of a row whose key is a UUID; anything else is simply not found. */
export const isUuid = (text: string): boolean => UUID.test(text)

/** The least of all UUIDs, which nothing has: where a walk over rows by their ids begins. */
export const LEAST_UUID = '00000000-0000-0000-0000-000000000000'
