import { refusalOf } from '@understudy/auth'
import type { Db } from '@understudy/db'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { forbidden, notFound } from '../errors.ts'
import { unregisterAll } from '../installations/index.ts'
import { botRepository } from './bot.repository.ts'

/**
 * Deletes a bot with everything in it, however much; a developer only bots of their own. Its integrations are called to
 * unregister before, outside of any transaction; those that fail stand in the audit record, as the bot's log goes with it.
 * @throws ResourceNotFound; Forbidden
 */
export const deleteBot = async (ctx: WorkspaceContext, id: string): Promise<void> => {
  await ctx.db.atomically((rows) => holdDeletable(ctx, rows, id))
  const failures = Object.entries(await unregisterAll(ctx, id))
  const value =
    failures.length > 0
      ? `not unregistered: ${failures.map(([alias, reason]) => `${alias} (${reason})`).join(', ')}`
      : undefined
  await ctx.db.atomically(async (rows) => {
    const { name } = await holdDeletable(ctx, rows, id)
    await botRepository.delete(rows, id)
    await recordAction(ctx, rows, { action: 'DELETE_BOT', resource: { id, name }, value })
  })
}

const holdDeletable = async (ctx: WorkspaceContext, rows: Db['rows'], id: string): Promise<{ name: string }> => {
  const bot = await botRepository.holdCreator(ctx, rows, id)
  if (!bot) throw notFound('bot', id)
  const { caller, workspaceId } = ctx
  const own = caller.kind === 'account' && bot.createdBy === caller.accountId
  const role = caller.kind === 'account' ? caller.roles[workspaceId] : undefined
  if (!own && refusalOf({ callers: ['account:manager'] }, caller, role))
    throw forbidden('A developer deletes only bots of their own; this needs the role manager or more.')
  return bot
}
