export { createPersonalAccessToken } from './create-personal-access-token.ts'
export { deletePersonalAccessToken } from './delete-personal-access-token.ts'
export { listPersonalAccessTokens } from './list-personal-access-tokens.ts'
