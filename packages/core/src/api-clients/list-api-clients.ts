import type { ApiClient, PageQuery } from '@understudy/contract'
import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { pageBy, positionByCreation } from '../pages/index.ts'
import { toApiClient } from './api-client.mapper.ts'
import { apiClientRepository } from './api-client.repository.ts'
import { botToStandFor } from './bot-to-stand-for.ts'

/**
 * The API clients of a bot and of its installations, or, without a bot, of the caller's account, newest first.
 * @throws ResourceNotFound for a bot out of the caller's reach; Forbidden; InvalidQuery for a token of another list
 */
export const listApiClients = async (
  ctx: CallerContext,
  { botId, ...page }: PageQuery & { botId?: string | undefined },
): Promise<{ apiClients: ApiClient[]; meta: { nextToken?: string } }> => {
  const accountId = accountIdOf(ctx.caller)
  if (botId !== undefined) await botToStandFor(ctx, botId, () => notFound('bot', botId))
  const owner = botId === undefined ? { accountId } : { OR: [{ botId }, { installation: { botId } }] }
  const { rows, meta } = await pageBy(ctx, page, {
    frozen: ['api-clients', accountId, botId],
    read: (after, limit) => apiClientRepository.page(ctx, owner, after, limit),
    positionOf: positionByCreation,
  })
  return { apiClients: rows.map(toApiClient), meta }
}
