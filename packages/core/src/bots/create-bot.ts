import type { Bot, NewBot } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { recordAction } from '../audit-records/index.ts'
import { keepCode } from '../code/index.ts'
import { unlessOwnerGone } from '../constraints.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { onceCommitted } from '../idempotency-keys/index.ts'
import { newSigningSecret, newUuid } from '../ids.ts'
import type { KeyedBy } from '../installations/index.ts'
import { checkLimit } from '../limits/index.ts'
import { followDefinition } from '../recurring-events/index.ts'
import { presentTags } from '../tags/index.ts'
import { toBot } from './bot.mapper.ts'
import { botRepository } from './bot.repository.ts'
import { newBotDefinition } from './bot-definition.rules.ts'
import { checkBotProperties, sealed } from './bot-properties.ts'
import { checkBot } from './check-bot.ts'
import { isNewlyRun, registerBot } from './register-bot.ts'

/**
 * Makes a bot, and the user that it is in its own conversations; one that runs somewhere is called to register.
 * @throws InvalidPayload, InvalidJsonSchema, InvalidDataFormat, LimitExceeded; ResourceNotFound for a workspace that has just been deleted
 */
export const createBot = async (
  ctx: WorkspaceContext,
  input: NewBot,
  keyedBy: KeyedBy = 'alias',
  id: string = newUuid(),
): Promise<Bot> => {
  const dev = input.dev ?? false
  checkBotProperties(ctx, input, dev)
  const definition = newBotDefinition(input)
  await checkBot(ctx, definition, input.configuration?.data)
  const secrets = input.secrets ?? {}
  checkLimit(ctx, 'botSecrets', Object.keys(secrets).length)
  const now = ctx.clock.now()
  const row = await unlessOwnerGone(
    ctx.db.transaction(async (tx) => {
      const created = await botRepository.create(tx, {
        id,
        workspaceId: ctx.workspaceId,
        createdBy: ctx.caller.kind === 'account' ? ctx.caller.accountId : null,
        name: input.name ?? `bot-${id.slice(0, 8)}`,
        description: input.description ?? '',
        type: input.type ?? 'adk',
        dev,
        url: input.url ?? null,
        codeSha256: input.code ? await keepCode(ctx, tx, input.code) : null,
        maxExecutionTimeS: input.maxExecutionTime ?? null,
        definition: definition as unknown as Prisma.InputJsonObject,
        tags: presentTags(input.tags ?? {}),
        sealedSigningSecret: sealed(ctx, newSigningSecret()),
        sealedConfiguration: sealed(ctx, input.configuration?.data ?? {}),
        sealedSecrets: sealed(ctx, secrets),
        secretNames: Object.keys(secrets),
        deployedAt: input.code === undefined ? null : now,
        createdAt: now,
        updatedAt: now,
      })
      await followDefinition(tx, id, definition.recurringEvents, now)
      await recordAction(ctx, tx, { action: 'CREATE_BOT', resource: { id, name: created.name } })
      return created
    }),
  )
  if (!row) throw notFound('workspace', ctx.workspaceId)
  if (isNewlyRun(input)) await onceCommitted(ctx, (platform) => registerBot(platform, id))
  return toBot(ctx, row, keyedBy)
}
