import { signAccessToken } from '@understudy/auth'
import type { ClientCredentials } from '@understudy/contract'
import { apiClientRepository } from '../api-clients/index.ts'
import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { unauthorized } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { ACCESS_TOKEN_LIFETIME_MS, getSigningKey } from '../signing-keys/index.ts'

/** `lifetimeMs` and `expiresAt` say the same: how long it is good for, and until when. */
export type AccessToken = { token: string; lifetimeMs: number; expiresAt: Date }

/** How much longer a token is good than its client is told: the client counts from when the answer has reached it. */
const MARGIN_MS = 10_000

/** Stands in for a hash where there is no such client, so that both cases do the same work. */
const NOBODYS_HASH = Buffer.alloc(32)

/**
 * A token that stands for whatever the API client stands for. It expires by the wall clock, whatever the time of day is
 * in tests.
 * @throws Unauthorized, the same for an unknown key and for a wrong secret
 */
export const issueAccessToken = async (
  ctx: PlatformContext,
  { clientKey, clientSecret }: ClientCredentials,
): Promise<AccessToken> => {
  const hash = await apiClientRepository.findSecretHash(ctx, clientKey)
  const matches = ctx.secrets.matches(clientSecret, hash ?? NOBODYS_HASH)
  if (!hash || !matches) throw unauthorized('This client key is not known with this secret, or not any more.')
  const key = await getSigningKey(ctx)
  const issuedAt = wallClock.now()
  const lifetimeMs = ACCESS_TOKEN_LIFETIME_MS
  const goodUntil = new Date(issuedAt.getTime() + lifetimeMs + MARGIN_MS)
  const claims = { clientId: clientKey, tokenId: newUuid(), issuedAt, expiresAt: goodUntil }
  return {
    token: await signAccessToken(claims, key),
    lifetimeMs,
    expiresAt: new Date(issuedAt.getTime() + lifetimeMs),
  }
}
