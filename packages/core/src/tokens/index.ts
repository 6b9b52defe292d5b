export { isOwnerGone } from './owner-gone.ts'
export { tokenRepository } from './token.repository.ts'
