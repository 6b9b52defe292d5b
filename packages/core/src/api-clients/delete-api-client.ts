import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { apiClientRepository } from './api-client.repository.ts'
import { botToStandFor } from './bot-to-stand-for.ts'

/**
 * Revokes an API client; the tokens it was given are worthless everywhere within a second.
 * @throws ResourceNotFound for one out of the caller's reach; Forbidden
 */
export const deleteApiClient = async (ctx: CallerContext, id: string): Promise<void> => {
  const accountId = accountIdOf(ctx.caller)
  const missing = () => notFound('API client', id)
  const row = await apiClientRepository.find(ctx, id)
  if (!row) throw missing()
  const botId = row.botId ?? row.installation?.botId
  if (botId !== undefined) await botToStandFor(ctx, botId, missing)
  else if (row.accountId !== accountId) throw missing()
  if (!(await apiClientRepository.revoke(ctx, id))) throw missing()
}
