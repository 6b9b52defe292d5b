import type { Statement } from '@understudy/db'
import type { BotContext } from '../context.ts'
import { invalidPayload, runtimeError } from '../errors.ts'
import { toTheIntegration } from './addressed.ts'
import { ask } from './call-and-wait.ts'
import { findCallees } from './find-callees.ts'

/** What a bot wants an integration to create, with the tags in the integration's own names. */
export type Wanted = { noun: 'user'; tags: Tags } | { noun: 'conversation'; channel: string; tags: Tags }

type Tags = Readonly<Record<string, string>>

const FIND_CREATION: Statement = {
  name: 'callees.find-creation',
  text: `
    select i.alias, case when $3::text is null then n.definition -> 'user' -> 'creation'
      else n.definition -> 'channels' -> $3 -> 'conversation' -> 'creation' end as creation
    from installations i join integrations n on n.id = i.integration_id
    where i.bot_id = $1 and i.id = $2 and i.enabled and i.removed_at is null`,
}

type Row = { alias: string; creation: { enabled: boolean; requiredTags: string[] } | null }

/**
 * Has an integration create a user or a conversation, where it says that it wants to do that itself: only it knows who that is
 * on the other side.
 * @returns the id of what it created; undefined where it leaves that to us
 * @throws InvalidPayload for a tag that it needs; Runtime, OperationTimeout
 */
export const askToCreate = async (
  ctx: BotContext,
  installationId: string,
  wanted: Wanted,
): Promise<string | undefined> => {
  const { noun, ...body } = wanted
  const channel = wanted.noun === 'conversation' ? wanted.channel : null
  const found = await ctx.db.row<Row>(FIND_CREATION, [ctx.bot.id, installationId, channel])
  if (!found?.creation?.enabled) return undefined
  const { alias, creation } = found
  const missing = creation.requiredTags.find((tag) => !Object.hasOwn(wanted.tags, tag))
  if (missing !== undefined)
    throw invalidPayload(`tags.${alias}:${missing}`, `is needed by "${alias}" to create a ${noun}`)

  const who = `The integration "${alias}"`
  const callees = await findCallees(ctx, ctx.bot.id)
  const addressed = callees && toTheIntegration(callees, { id: installationId, alias }, `create_${noun}`)
  if (!addressed) throw runtimeError(`${who} runs nowhere: it has neither code nor a URL.`)
  const created = (await ask(ctx, who, addressed, body))[noun] as { id?: unknown } | null | undefined
  if (typeof created?.id !== 'string') throw runtimeError(`${who} answered without the ${noun} that it was to create.`)
  return created.id
}
