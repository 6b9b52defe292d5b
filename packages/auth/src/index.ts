export {
  type AccessTokenClaims,
  isGenuine,
  makeKeyPair,
  readAccessToken,
  type SigningKeyPair,
  signAccessToken,
} from './access-token.ts'
export { refusalOf } from './decide.ts'
export type { IntegrationPrincipal, Principal } from './principal.ts'
