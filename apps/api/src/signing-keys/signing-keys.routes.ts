import { signingKeysOperations } from '@understudy/contract'
import { listSigningKeys, rotateSigningKeys } from '@understudy/core'
import { implement } from '../http/implement.ts'

export const signingKeysRoutes = implement(signingKeysOperations, {
  listSigningKeys: async (_input, ctx) => ({ keys: await listSigningKeys(ctx) }),
  rotateSigningKeys: async (_input, ctx) => ({ key: await rotateSigningKeys(ctx) }),
})
