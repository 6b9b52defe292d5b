import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'

/** Everything that needs SECRET_KEY: encryption at rest, keyed hashes of tokens, signatures of page tokens. */
export type Secrets = {
  /** Encrypts with the current key. The bytes carry the key's id, so that older ones stay readable after a rotation. */
  seal(plain: string): Buffer
  /** @throws WrongSecretKey when no known key made these bytes */
  open(sealed: Uint8Array): string
  /** The keyed hashes under which a token may be stored, the current key's first. */
  hashesOf(token: string): Buffer[]
  /** Whether a token may be stored under this hash; constant time. */
  matches(token: string, hash: Uint8Array): boolean
  /** 16 bytes over the given parts. */
  sign(...parts: string[]): Buffer
  /** Whether `sign` made this signature, with any known key; constant time. */
  verify(signature: Uint8Array, ...parts: string[]): boolean
}

/** Data in the database was written with another SECRET_KEY. */
export class WrongSecretKey extends Error {
  override readonly name = 'WrongSecretKey'
}

const KEY_ID_BYTES = 4
const IV_BYTES = 12
const TAG_BYTES = 16
const SIGNATURE_BYTES = 16

const derive = (key: string, purpose: string, bytes: number): Buffer =>
  Buffer.from(hkdfSync('sha256', key, '', `understudy ${purpose}`, bytes))

/** @param secretKey one key, or several separated by commas: the first encrypts and signs, all of them decrypt and verify */
export const createSecrets = (secretKey: string): Secrets => {
  const keys = secretKey.split(',').map((key) => ({
    id: derive(key, 'id', KEY_ID_BYTES),
    seal: derive(key, 'seal', 32),
    token: derive(key, 'token', 32),
    sign: derive(key, 'sign', 32),
  }))
  const [current] = keys as [(typeof keys)[number]]
  const signWith = (key: Buffer, parts: string[]): Buffer =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest().subarray(0, SIGNATURE_BYTES)

  const hashesOf = (token: string): Buffer[] =>
    keys.map((key) => createHmac('sha256', key.token).update(token).digest())

  return {
    seal: (plain) => {
      const iv = randomBytes(IV_BYTES)
      const cipher = createCipheriv('aes-256-gcm', current.seal, iv)
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([current.id, iv, cipher.getAuthTag(), body])
    },
    open: (sealed) => {
      const bytes = Buffer.from(sealed)
      const key = keys.find(({ id }) => id.equals(bytes.subarray(0, KEY_ID_BYTES)))
      if (!key) throw new WrongSecretKey('These data were encrypted with another SECRET_KEY.')
      const [iv, tag] = [KEY_ID_BYTES, KEY_ID_BYTES + IV_BYTES]
      const decipher = createDecipheriv('aes-256-gcm', key.seal, bytes.subarray(iv, tag))
      decipher.setAuthTag(bytes.subarray(tag, tag + TAG_BYTES))
      return Buffer.concat([decipher.update(bytes.subarray(tag + TAG_BYTES)), decipher.final()]).toString('utf8')
    },
    hashesOf,
    matches: (token, hash) => hashesOf(token).some((known) => timingSafeEqual(known, hash)),
    sign: (...parts) => signWith(current.sign, parts),
    verify: (signature, ...parts) =>
      signature.length === SIGNATURE_BYTES && keys.some((key) => timingSafeEqual(signWith(key.sign, parts), signature)),
  }
}
