import { z } from 'zod'
import { defineOperations } from '../operation.ts'
import { SigningKey } from './signing-key.schema.ts'

export const signingKeysOperations = defineOperations({
  listSigningKeys: {
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The public keys that access tokens are verified with (RFC 7517)',
    tenant: 'nobody',
    access: { public: true },
    status: 200,
    response: z.object({ keys: z.array(SigningKey) }),
  },
  rotateSigningKeys: {
    method: 'POST',
    path: '/_understudy/signing-keys/rotate',
    summary: 'Sign with a new key from now on; the old one verifies until the last token it signed has expired',
    tenant: 'workspace',
    access: { callers: ['account:administrator'] },
    status: 200,
    response: z.object({ key: SigningKey }),
  },
})
