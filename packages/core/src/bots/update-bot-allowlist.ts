import type { BotAllowlistChanges } from '@understudy/contract'
import { recordAction } from '../audit-records/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound, referenceNotFound } from '../errors.ts'
import { isUuid } from '../ids.ts'
import { botRepository } from './bot.repository.ts'
import { botAllowlistRepository } from './bot-allowlist.repository.ts'

/**
 * Changes which members below administrator have a bot: who is not named stays as they are.
 * @throws ResourceNotFound; ReferenceNotFound for selecting who is no member
 */
export const updateBotAllowlist = async (
  ctx: WorkspaceContext,
  botId: string,
  { setting, users = {} }: BotAllowlistChanges,
): Promise<void> =>
  ctx.db.transaction(async (tx) => {
    const bot = await botRepository.hold(ctx, tx, botId)
    if (!bot) throw notFound('bot', botId)
    const members = await botAllowlistRepository.holdMembers(ctx, tx, Object.keys(users).filter(isUuid))
    const unknown = Object.keys(users).find((id) => users[id] && !members.has(id.toLowerCase()))
    if (unknown !== undefined) throw referenceNotFound('users', unknown)
    const named = (selected: boolean) =>
      Object.keys(users).flatMap((id) => (users[id] === selected ? (members.get(id.toLowerCase()) ?? []) : []))
    if (setting) await botAllowlistRepository.set(tx, botId, setting)
    await botAllowlistRepository.select(tx, botId, named(true))
    await botAllowlistRepository.deselect(tx, botId, named(false))
    await recordAction(ctx, tx, { action: 'UPDATE_BOT', resource: { id: botId, name: bot.name }, value: 'allowlist' })
  })
