export { tokenRepository } from './token.repository.ts'
