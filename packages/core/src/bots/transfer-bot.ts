import { refusalOf } from '@understudy/auth'
import { botsOperations } from '@understudy/contract'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { forbidden, invalidPayload, notFound, referenceNotFound } from '../errors.ts'
import { botRepository } from './bot.repository.ts'

/**
 * Moves a bot, with everything in it, to another workspace: its keys, API clients, installations, conversations and logs go
 * on as they are, and the people of the old workspace have it no more.
 *
 * An integration that only the old workspace may install stays installed in the bot, in the version it has: it can be
 * configured, disabled and deployed with as before, and its owner goes on serving it. Nothing else of the old workspace
 * comes along: another version, the same one once it was removed, and any other private integration are as good as none.
 *
 * A bot that only selected members have stays one, with nobody selected but who moved it. Both workspaces get a record.
 * @throws ResourceNotFound for the bot; ReferenceNotFound for a workspace the caller is no member of; Forbidden for one where the caller may not create bots; InvalidPayload for the one it is in
 */
export const transferBot = (ctx: WorkspaceContext, id: string, targetId: string): Promise<void> =>
  ctx.db.atomically(async (rows) => {
    const bot = await botRepository.holdCreator(ctx, rows, id)
    if (!bot) throw notFound('bot', id)
    const target = enterTarget(ctx, targetId)
    if (!(await botRepository.move(ctx, rows, id, targetId))) throw referenceNotFound('targetWorkspaceId', targetId)
    const resource = { id, name: bot.name }
    await recordAction(ctx, rows, { action: 'TRANSFER_BOT', resource, value: `to ${targetId}` })
    await recordAction(target, rows, { action: 'TRANSFER_BOT', resource, value: `from ${ctx.workspaceId}` })
  })

/** The door held the caller's role in the workspace the bot is in against the operation; here it is that in the other. */
const enterTarget = (ctx: WorkspaceContext, targetId: string): WorkspaceContext => {
  const { caller } = ctx
  if (caller.kind !== 'account' || !Object.hasOwn(caller.roles, targetId))
    throw referenceNotFound('targetWorkspaceId', targetId)
  const refusal = refusalOf(botsOperations.createBot.access, caller, caller.roles[targetId])
  if (refusal) throw forbidden(`targetWorkspaceId: ${refusal}`)
  if (targetId === ctx.workspaceId) throw invalidPayload('targetWorkspaceId', 'the bot is in this workspace already')
  return { ...ctx, workspaceId: targetId }
}
