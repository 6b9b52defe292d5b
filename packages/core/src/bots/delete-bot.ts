import { refusalOf } from '@understudy/auth'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { botRepository } from './bot.repository.ts'

/** Deletes a bot with everything in it, however much; a developer only bots of their own. @throws ResourceNotFound; Forbidden */
export const deleteBot = (ctx: WorkspaceContext, id: string): Promise<void> =>
  ctx.db.atomically(async (rows) => {
    const bot = await botRepository.holdCreator(ctx, rows, id)
    if (!bot) throw notFound('bot', id)
    const { caller, workspaceId } = ctx
    const own = caller.kind === 'account' && bot.createdBy === caller.accountId
    const role = caller.kind === 'account' ? caller.roles[workspaceId] : undefined
    if (!own && refusalOf({ callers: ['account:manager'] }, caller, role))
      throw forbidden('A developer deletes only bots of their own; this needs the role manager or more.')
    await botRepository.delete(rows, id)
    await recordAction(ctx, rows, { action: 'DELETE_BOT', resource: { id, name: bot.name } })
  })
