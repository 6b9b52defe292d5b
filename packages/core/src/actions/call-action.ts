import { reportFailures } from '../bot-issues/index.ts'
import { ask, findCallees, toTheBot, toTheIntegration } from '../callees/index.ts'
import type { BotContext } from '../context.ts'
import { ApiError, runtimeError } from '../errors.ts'
import { validateData } from '../json-schemas/index.ts'
import { type AnswerKey, actionRepository } from './action.repository.ts'
import { actionFailureOf } from './action-failure.rules.ts'
import { type Action, findAction } from './find-action.ts'
import { inputHash } from './input-hash.rules.ts'
import { keptText } from './kept-text.rules.ts'

type Output = Record<string, unknown>

/** An answer that may be remembered is good for so long. */
const ANSWER_GOOD_MS = 10 * 60_000

/**
 * Has an integration, or the bot, do something, and answers what that came to. Each call of an integration is on record.
 * No transaction and no connection is held while they work.
 * @throws InvalidPayload for an action nobody declared; InvalidDataFormat for an input, or an output, that its schema refuses;
 *   Runtime with the message of who failed, or saying that nobody answers; OperationTimeout
 */
export const callAction = async (
  ctx: BotContext,
  { type, input }: { type: string; input: Output },
): Promise<{ output: Output; meta: { cached: boolean } }> => {
  const action = await findAction(ctx, type)
  validateData(action.declared.input.schema, input, 'input')
  const key = action.by && action.declared.cacheable ? answerKeyOf(action, action.by, input) : undefined
  const known = key && (await actionRepository.knownAnswer(ctx, key))
  const run = startRun(ctx, action, input)
  if (known) {
    await run.end({ output: known, cached: true })
    return { output: known, meta: { cached: true } }
  }
  const output = await askFor(ctx, action, input).catch(async (error: unknown) => {
    if (error instanceof ApiError) {
      await run.end({ error: error.message })
      await reportFailures(ctx, [actionFailureOf(ctx.bot.id, action, error)])
    }
    throw error
  })
  await run.end({ output, cached: false })
  if (key) {
    const expiresAt = new Date(ctx.clock.now().getTime() + ANSWER_GOOD_MS)
    await actionRepository.remember(ctx, key, output, expiresAt)
  }
  return { output, meta: { cached: false } }
}

const answerKeyOf = (
  { name }: Action,
  { installation, integrationId }: NonNullable<Action['by']>,
  input: Output,
): AnswerKey => ({ installationId: installation.id, integrationId, action: name, inputHash: inputHash(input) })

const askFor = async (ctx: BotContext, { name, declared, by }: Action, input: Output): Promise<Output> => {
  const callees = await findCallees(ctx, ctx.bot.id)
  const operation = 'action_triggered'
  const addressed =
    callees && (by ? toTheIntegration(callees, by.installation, operation) : toTheBot(callees, operation))
  const who = by ? `The integration "${by.installation.alias}"` : 'The bot'
  if (!addressed) throw runtimeError(`${who} runs nowhere: it has neither code nor a URL.`)
  const { output = {} } = await ask(ctx, who, addressed, { type: name, input })
  validateData(declared.output.schema, output, 'output')
  if (typeof output !== 'object' || output === null || Array.isArray(output))
    throw runtimeError(`${who} answered with an output that is no object.`)
  return output as Output
}

/** Takes the time of a call, and puts it on record when it ends: those of integrations, whose owners are somebody else. */
const startRun = (ctx: BotContext, { name, by }: Action, input: Output) => {
  const createdAt = ctx.clock.now().toISOString()
  const begunAt = performance.now()
  return {
    end: async (outcome: { output: Output; cached: boolean } | { error: string }): Promise<void> => {
      if (!by) return
      const kept = keptText(input)
      const output = 'output' in outcome ? keptText(outcome.output) : undefined
      await actionRepository.record(ctx, {
        alias: by.installation.alias,
        integration_name: by.installation.integrationName,
        action_type: name,
        input: kept.text,
        input_truncated: kept.truncated,
        output: output?.text ?? null,
        output_truncated: output?.truncated ?? false,
        error_message: 'error' in outcome ? outcome.error.replaceAll('\0', '') : null,
        duration_ms: Math.round(performance.now() - begunAt),
        cached: 'output' in outcome && outcome.cached,
        created_at: createdAt,
      })
    },
  }
}
