import { refusalOf } from '@understudy/auth'
import type { WorkspaceContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { botRepository } from './bot.repository.ts'

/** Deletes a bot with everything in it; a developer only bots of their own. @throws ResourceNotFound; Forbidden */
export const deleteBot = async (ctx: WorkspaceContext, id: string): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    const row = await botRepository.hold(ctx, tx, id)
    if (!row) throw notFound('bot', id)
    const { caller, workspaceId } = ctx
    const own = caller.kind === 'account' && row.createdBy === caller.accountId
    const role = caller.kind === 'account' ? caller.roles[workspaceId] : undefined
    if (!own && refusalOf({ callers: ['account:manager'] }, caller, role))
      throw forbidden('A developer deletes only bots of their own; this needs the role manager or more.')
    await botRepository.delete(tx, id)
  })
