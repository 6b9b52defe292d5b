import { z } from 'zod'
import { byName, changesByName } from './by-name.ts'

const ATTRIBUTE_MAX = 200
const SECRET_MAX = 20_000

/** Free notes of an author on a definition. */
export const Attributes = byName(z.string().max(ATTRIBUTE_MAX))
export const AttributeChanges = changesByName(z.string().max(ATTRIBUTE_MAX))

/** Values that reach deployed code as `SECRET_<NAME>`; answers only ever hold their names. */
export const Secrets = byName(z.string().max(SECRET_MAX))
export const SecretChanges = changesByName(z.string().max(SECRET_MAX))
