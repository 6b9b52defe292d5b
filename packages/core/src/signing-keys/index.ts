export { getSigningKey } from './get-signing-key.ts'
export { ACCESS_TOKEN_LIFETIME_MS, oldestRetirement } from './key-age.rules.ts'
export { listSigningKeys } from './list-signing-keys.ts'
export { rotateSigningKeys } from './rotate-signing-keys.ts'
