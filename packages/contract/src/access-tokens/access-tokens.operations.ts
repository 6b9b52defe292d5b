import { z } from 'zod'
import { ClientCredentials } from '../api-clients/index.ts'
import { defineOperations } from '../operation.ts'

export const accessTokensOperations = defineOperations({
  authenticate: {
    method: 'POST',
    path: '/v1/authenticate',
    summary: 'Exchange the key and the secret of an API client for an access token',
    tenant: 'nobody',
    access: { public: true },
    body: ClientCredentials,
    status: 200,
    /** `expiresIn` is the moment of expiry, in milliseconds since 1970. */
    response: z.object({ token: z.string(), expiresIn: z.int() }),
  },
})
