import type { LogLevel } from '@understudy/contract'
import type { Db } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { logRepository } from './log.repository.ts'
import { keptText } from './redact.rules.ts'

/** One line of a bot's log. */
export type LogLine = {
  botId: string
  level: LogLevel
  message: string
  /** when it was said; now unless told */
  saidAt?: Date | undefined
  conversationId?: string | undefined
  userId?: string | undefined
  workflowId?: string | undefined
  /** the version of an integration that said it in this bot, or that it is about; undefined: the bot's own */
  integrationId?: string | undefined
  /** of an integration's line: whether owners of the bot see it as well */
  visibleToBotOwners?: boolean | undefined
  /** of an integration's line: whether its owners do not */
  hiddenToIntegrationOwners?: boolean | undefined
  /** what makes it this line and no other in its bot: under the same source it is written once */
  source?: string | undefined
}

/** Longest line; the rest is cut off. */
const MESSAGE_MAX = 8 * 1024

/**
 * Writes lines into the logs of bots, many at once in one round trip, without the secrets in them. Those of a bot that is
 * gone are left out.
 * @param within where it is part of something larger: the transaction that does it
 * @returns the lines that were written now: all but those of bots that are gone, and of sources that have their line
 */
export const writeLogs = async <Line extends LogLine>(
  { db, clock }: Pick<PlatformContext, 'db' | 'clock'>,
  lines: readonly Line[],
  within: Pick<Db, 'rows'> = db,
): Promise<Line[]> => {
  if (lines.length === 0) return []
  const now = clock.now()
  const written = await logRepository.write(
    within,
    lines.map((line) => ({
      bot_id: line.botId,
      created_at: line.saidAt ?? now,
      level: line.level,
      message: keptText(line.message, MESSAGE_MAX),
      conversation_id: line.conversationId ?? null,
      user_id: line.userId ?? null,
      workflow_id: line.workflowId ?? null,
      integration_id: line.integrationId ?? null,
      bot_sees: line.integrationId === undefined || (line.visibleToBotOwners ?? false),
      integration_sees: line.integrationId !== undefined && !line.hiddenToIntegrationOwners,
      source: line.source ?? null,
    })),
  )
  const bots = new Set(written.map(({ bot_id }) => bot_id))
  const sources = new Set(written.map(({ bot_id, source }) => `${bot_id} ${source}`))
  return lines.filter(({ botId, source }) =>
    source === undefined ? bots.has(botId) : sources.has(`${botId} ${source}`),
  )
}
