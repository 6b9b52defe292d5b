import type { ApiClient, ClientCredentials, NewStandsFor } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import { toApiClient } from './api-client.mapper.ts'
import { type ApiClientOwner, apiClientRepository } from './api-client.repository.ts'
import { botToStandFor } from './bot-to-stand-for.ts'

/**
 * An API client, with its secret, which is shown this once.
 * @throws ReferenceNotFound for a bot or an installation out of the caller's reach; Forbidden
 */
export const createApiClient = async (
  ctx: CallerContext,
  { standsFor, note = '' }: { standsFor: NewStandsFor; note?: string | undefined },
): Promise<ClientCredentials & { apiClient: ApiClient }> => {
  const issued = await apiClientRepository.issue(ctx, await ownerOf(ctx, standsFor), note)
  if (!issued) throw missing(standsFor)
  const { row, secret } = issued
  return { apiClient: toApiClient(row), clientKey: row.id, clientSecret: secret }
}

const ownerOf = async (ctx: CallerContext, wanted: NewStandsFor): Promise<ApiClientOwner> => {
  if (wanted.kind === 'account') return { accountId: accountIdOf(ctx.caller) }
  const bot = await botToStandFor(ctx, wanted.botId, () => missing(wanted))
  if (wanted.kind === 'bot') return { botId: bot.id }
  const { integrationAlias } = wanted
  const installation = bot.installations.find(({ alias, removed }) => alias === integrationAlias && !removed)
  if (!installation) throw referenceNotFound('standsFor.integrationAlias', integrationAlias)
  return { installationId: installation.id }
}

const missing = (wanted: NewStandsFor): Error =>
  wanted.kind === 'account'
    ? referenceNotFound('standsFor.kind', 'account')
    : referenceNotFound('standsFor.botId', wanted.botId)
