import { z } from 'zod'
import { defineOperations } from '../operation.ts'

/** RFC 6749 §5.2; `server_error` and `temporarily_unavailable` are borrowed from §4.1.2.1 for what is our fault. */
export const OAuth2Error = z
  .object({
    error: z.enum([
      'invalid_request',
      'invalid_client',
      'invalid_scope',
      'unsupported_grant_type',
      'server_error',
      'temporarily_unavailable',
    ]),
    error_description: z.string(),
  })
  .meta({ id: 'OAuth2Error' })
export type OAuth2Error = z.infer<typeof OAuth2Error>

export const oauth2Operations = defineOperations({
  createAccessToken: {
    method: 'POST',
    path: '/oauth2/token',
    summary: 'The same as an OAuth2 client credentials grant (RFC 6749 §4.4)',
    tenant: 'nobody',
    access: { public: true },
    /** HTTP Basic, instead of `client_id` and `client_secret` in the body. */
    headers: z.object({ authorization: z.string().optional() }),
    bodyType: 'application/x-www-form-urlencoded',
    body: z.object({
      grant_type: z.string(),
      client_id: z.string().optional(),
      client_secret: z.string().optional(),
      scope: z.string().optional(),
    }),
    status: 200,
    /** `expires_in` is the time left, in seconds. */
    response: z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int() }),
    refusal: OAuth2Error,
  },
})
