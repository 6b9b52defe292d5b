import type { AuditAction, Bot, BotChanges } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { namesOf, recordAction } from '../audit-records/index.ts'
import { keepCode } from '../code/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { mergeByName } from '../definitions/index.ts'
import { notFound } from '../errors.ts'
import { changeInstallations, type KeyedBy, makeOwedCalls } from '../installations/index.ts'
import { checkLimit } from '../limits/index.ts'
import { followDefinition } from '../recurring-events/index.ts'
import { tagChange } from '../tags/index.ts'
import { type BotRow, toBot } from './bot.mapper.ts'
import { botRepository } from './bot.repository.ts'
import { changedBotDefinition, type StoredBotDefinition } from './bot-definition.rules.ts'
import { checkBotProperties, sealed } from './bot-properties.ts'
import { checkBot } from './check-bot.ts'
import { isNewlyRun, registerBot } from './register-bot.ts'

/**
 * Changes a bot: absent is unchanged, null under a name removes it. Everything or nothing: a definition that is refused
 * leaves the installations as they were. Two changes at once come one after the other. Integrations are called to register
 * once all of it is committed, and what came of that is part of the answer; so is the bot itself, where it runs anew.
 * @throws ResourceNotFound; what checkBot and changeInstallations throw
 */
export const updateBot = async (
  ctx: WorkspaceContext,
  id: string,
  changes: BotChanges,
  keyedBy: KeyedBy,
): Promise<Bot> => {
  const { updated, owed } = await ctx.db.transaction(async (tx) => {
    const row = await botRepository.hold(ctx, tx, id)
    if (!row) throw notFound('bot', id)
    checkBotProperties(ctx, changes, row.dev)
    const definition = changedBotDefinition(row.definition as unknown as StoredBotDefinition, changes)
    await checkBot(ctx, definition, changes.configuration?.data)
    const calls = changes.integrations ? await changeInstallations(ctx, tx, row, changes.integrations, keyedBy) : []
    if (changes.recurringEvents) await followDefinition(tx, id, definition.recurringEvents, ctx.clock.now())
    const codeSha256 = changes.code && (await keepCode(ctx, tx, changes.code))
    const after = await botRepository.update(tx, id, columns(ctx, row, changes, { definition, codeSha256 }))
    const resource = { id, name: after.name }
    await recordAction(ctx, tx, { action: actionOf(changes), resource, value: namesOf(changes) })
    return { updated: after, owed: calls }
  })
  await makeOwedCalls(ctx, id, owed)
  // Last: it may use what has just been installed in it.
  if (isNewlyRun(changes)) await registerBot(ctx, id)
  if (owed.length === 0) return toBot(ctx, updated, keyedBy)
  return toBot(ctx, (await botRepository.find(ctx, id)) ?? updated, keyedBy)
}

/** One request is one action, the weightiest. */
const actionOf = (changes: BotChanges): AuditAction => {
  if (changes.code !== undefined) return 'DEPLOY_BOT'
  return namesOf(changes) === 'configuration' ? 'UPDATE_BOT_CONFIG' : 'UPDATE_BOT'
}

const columns = (
  ctx: WorkspaceContext,
  row: BotRow,
  changes: BotChanges,
  { definition, codeSha256 }: { definition: StoredBotDefinition; codeSha256: string | undefined },
): Prisma.BotUncheckedUpdateInput => {
  const secrets = mergeByName(
    JSON.parse(ctx.secrets.open(row.sealedSecrets)) as Record<string, string>,
    changes.secrets,
  )
  checkLimit(ctx, 'botSecrets', Object.keys(secrets).length)
  const { set, unset } = tagChange(changes.tags ?? {})
  const data = changes.configuration?.data
  const now = ctx.clock.now()
  return {
    name: changes.name ?? row.name,
    description: changes.description ?? row.description,
    type: changes.type ?? row.type,
    url: changes.url === undefined ? row.url : changes.url,
    authentication: changes.authentication ?? row.authentication,
    blocked: changes.blocked ?? row.blocked,
    alwaysAlive: changes.alwaysAlive ?? row.alwaysAlive,
    maxExecutionTimeS: changes.maxExecutionTime ?? row.maxExecutionTimeS,
    definition: definition as unknown as Prisma.InputJsonObject,
    tags: mergeByName(row.tags as Record<string, string>, {
      ...set,
      ...Object.fromEntries(unset.map((name) => [name, null])),
    }),
    sealedConfiguration: data === undefined ? row.sealedConfiguration : sealed(ctx, data),
    sealedSecrets: sealed(ctx, secrets),
    secretNames: Object.keys(secrets),
    ...(codeSha256 === undefined ? {} : { codeSha256, deployedAt: now }),
    updatedAt: now,
  }
}
