import type { ActionDefinition, PageQuery } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import type { BotContext, PlatformContext, WorkspaceContext } from '../context.ts'
import { fragment, readPage } from '../pages/index.ts'
import type { ActionRunRow } from './action-run.mapper.ts'

export type Declared = Pick<ActionDefinition, 'input' | 'output' | 'cacheable'>

/** Which answer is meant: that of one version of one installation to one input. */
export type AnswerKey = { installationId: string; integrationId: string; action: string; inputHash: Buffer }

export type NewActionRun = Omit<ActionRunRow, 'seq' | 'input' | 'output'> & { input: string; output: string | null }

const OF_INTEGRATION: Statement = {
  name: 'actions.of-integration',
  text: `select definition -> 'actions' as actions from integrations where id = $1`,
}

const OF_BOT: Statement = {
  name: 'actions.of-bot',
  text: `select definition -> 'actions' as actions from bots where id = $1`,
}

const KNOWN_ANSWER: Statement = {
  name: 'actions.known-answer',
  text: `
    select output from action_answers
    where bot_id = $1 and installation_id = $2 and integration_id = $3 and action = $4 and input_hash = $5 and expires_at > $6`,
}

const REMEMBER: Statement = {
  name: 'actions.remember',
  text: `
    insert into action_answers (bot_id, installation_id, integration_id, action, input_hash, output, expires_at)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (bot_id, installation_id, integration_id, action, input_hash) do update
      set output = excluded.output, expires_at = excluded.expires_at`,
}

const RECORD: Statement = {
  name: 'actions.record',
  text: `
    insert into action_runs (bot_id, alias, integration_name, action_type, input, input_truncated, output, output_truncated,
      error_message, duration_ms, cached, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
}

const FORGET_ANSWERS: Statement = {
  name: 'actions.forget-answers',
  text: `
    delete from action_answers where ctid = any(array(select ctid from action_answers where expires_at <= $1 limit $2))
    returning 1`,
}

const FORGET_RUNS: Statement = {
  name: 'actions.forget-runs',
  text: `
    delete from action_runs where ctid = any(array(select ctid from action_runs where created_at <= $1 limit $2))
    returning 1`,
}

type Actions = { actions: Record<string, Declared> | null }

/** What actions there are, what they answered, and when they were called. */
export const actionRepository = {
  ofIntegration: async ({ db }: BotContext, integrationId: string): Promise<Record<string, Declared>> =>
    (await db.row<Actions>(OF_INTEGRATION, [integrationId]))?.actions ?? {},
  ofBot: async ({ db, bot }: BotContext): Promise<Record<string, Declared>> =>
    (await db.row<Actions>(OF_BOT, [bot.id]))?.actions ?? {},
  knownAnswer: async ({ db, bot, clock }: BotContext, key: AnswerKey): Promise<Record<string, unknown> | undefined> =>
    (await db.row<{ output: Record<string, unknown> }>(KNOWN_ANSWER, [bot.id, ...placeOf(key), clock.now()]))?.output,
  remember: ({ db, bot }: BotContext, key: AnswerKey, output: object, expiresAt: Date) =>
    db.rows(REMEMBER, [bot.id, ...placeOf(key), JSON.stringify(output), expiresAt]),
  record: ({ db, bot }: BotContext, run: NewActionRun) =>
    db.rows(RECORD, [
      ...[bot.id, run.alias, run.integration_name, run.action_type, run.input, run.input_truncated],
      ...[run.output, run.output_truncated, run.error_message, run.duration_ms, run.cached, run.created_at],
    ]),
  page: (ctx: WorkspaceContext, botId: string, page: PageQuery, { name, from, until }: RunFilter) =>
    readPage<ActionRunRow>(ctx, page, {
      name: 'actions.list-runs',
      from: fragment('select r.* from action_runs r'),
      where: [
        fragment('r.bot_id = {}::uuid', botId),
        fragment('(r.integration_name = {} or r.alias = {})', name, name),
        ...(from ? [fragment('r.created_at >= {}', from)] : []),
        ...(until ? [fragment('r.created_at <= {}', until)] : []),
      ],
      sortBy: 'r.created_at',
      seq: 'r.seq',
      direction: 'desc',
      positionOf: (row: ActionRunRow) => ({ value: row.created_at, seq: row.seq }),
      frozen: [botId, name, from, until],
    }),
  /** Forgets answers that are too old, at most so many. @returns how many they were */
  forgetAnswers: async ({ db, clock }: PlatformContext, limit: number): Promise<number> =>
    (await db.rows(FORGET_ANSWERS, [clock.now(), limit])).length,
  forgetRuns: async ({ db }: PlatformContext, before: Date, limit: number): Promise<number> =>
    (await db.rows(FORGET_RUNS, [before, limit])).length,
}

export type RunFilter = { name: string; from: Date | undefined; until: Date | undefined }

const placeOf = ({ installationId, integrationId, action, inputHash }: AnswerKey) => [
  ...[installationId, integrationId, action],
  inputHash,
]
