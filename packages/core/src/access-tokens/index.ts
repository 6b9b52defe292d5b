export { type AccessToken, issueAccessToken } from './issue-access-token.ts'
