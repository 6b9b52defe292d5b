import { z } from 'zod'
import { Timestamp } from '../common/timestamps.ts'

const Bot = z.object({ kind: z.literal('bot'), botId: z.string() })
const Installation = z.object({ kind: z.literal('installation'), botId: z.string(), integrationAlias: z.string() })
const Account = z.object({ kind: z.literal('account') })

/** Whom a new API client is to stand for; an account is always the caller's own. */
export const NewStandsFor = z.discriminatedUnion('kind', [Bot, Installation, Account], {
  error: 'must be an object whose kind is bot, installation or account',
})
export type NewStandsFor = z.infer<typeof NewStandsFor>

/** A key and a secret that stand for exactly one bot, one integration in one bot, or one account; without the secret. */
export const ApiClient = z
  .object({
    /** what programs send as `clientKey` or `client_id` */
    id: z.string(),
    createdAt: Timestamp,
    note: z.string(),
    standsFor: z.discriminatedUnion('kind', [Bot, Installation, Account.extend({ accountId: z.string() })]),
  })
  .meta({ id: 'ApiClient' })
export type ApiClient = z.infer<typeof ApiClient>

/** What a program is given, under the names it knows; the secret is stored as a hash and cannot be shown again. */
export const ClientCredentials = z.object({ clientKey: z.string(), clientSecret: z.string() })
export type ClientCredentials = z.infer<typeof ClientCredentials>
