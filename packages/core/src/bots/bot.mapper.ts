import type { Bot } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { maySeeSecrets } from '../accounts/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { INSTALLATION, type KeyedBy, toInstallations } from '../installations/index.ts'
import type { RecurringEvents } from '../recurring-events/index.ts'
import type { StoredBotDefinition } from './bot-definition.rules.ts'

/** A bot with the integrations it has now. */
export const BOT = {
  include: {
    installations: {
      where: { removedAt: null },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      ...INSTALLATION,
    },
  },
} as const satisfies Prisma.BotDefaultArgs

export type BotWithInstallations = Prisma.BotGetPayload<typeof BOT>

/** With how its recurring events have gone. */
export type BotRow = BotWithInstallations & {
  recurringEvents: { name: string; failedAttempts: number; lastFailureReason: string | null }[]
}

export const toBot = (ctx: WorkspaceContext, row: BotRow, keyedBy: KeyedBy): Bot => {
  const { configuration, recurringEvents, ...definition } = row.definition as unknown as StoredBotDefinition
  const data = JSON.parse(ctx.secrets.open(row.sealedConfiguration)) as Record<string, unknown>
  return {
    ...definition,
    recurringEvents: toRecurringEvents(recurringEvents, row.recurringEvents),
    id: row.id,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    name: row.name,
    type: row.type as Bot['type'],
    tags: row.tags as Record<string, string>,
    description: row.description,
    configuration: { data, schema: configuration.schema },
    signingSecret: maySeeSecrets(ctx) ? ctx.secrets.open(row.sealedSigningSecret) : '',
    integrations: toInstallations(ctx, row.installations, keyedBy),
    plugins: {},
    dev: row.dev,
    secrets: row.secretNames,
    alwaysAlive: row.alwaysAlive,
    status: 'active',
    ...(row.createdBy === null ? {} : { createdBy: row.createdBy }),
    ...(row.deployedAt === null ? {} : { deployedAt: row.deployedAt.toISOString() }),
    ...(row.maxExecutionTimeS === null ? {} : { maxExecutionTime: row.maxExecutionTimeS }),
  }
}

const toRecurringEvents = (declared: RecurringEvents, record: BotRow['recurringEvents']): Bot['recurringEvents'] =>
  Object.fromEntries(
    Object.entries(declared).map(([name, event]) => {
      const { failedAttempts = 0, lastFailureReason = null } = record.find((one) => one.name === name) ?? {}
      return [name, { ...event, failedAttempts, lastFailureReason }]
    }),
  )
