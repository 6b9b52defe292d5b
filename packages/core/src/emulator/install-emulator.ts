import type { Statement } from '@understudy/db'
import { updateBot } from '../bots/index.ts'
import { findBotProfile, type InstallationProfile } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { notFound, relationConflict } from '../errors.ts'
import { emulatorOf } from './emulator-of.ts'

/** A caller who acts as the emulator. */
export type EmulatorContext = BotContext & { installation: InstallationProfile }

const ALIAS = 'emulator'

const NEWEST_VERSION: Statement = {
  name: 'emulator.newest-version',
  text: `
    select n.id from integrations n join integration_families f on f.id = n.family_id
    where f.native and not n.dev order by n.seq desc limit 1`,
}

/**
 * Acts as the emulator of the bot. It is installed when the bot does not have it, or not any more: a deployment removes
 * what the definition of the bot does not name. Callers that ask at the same time get the same one.
 * @throws Forbidden when it is disabled; RelationConflict when its alias stands for something else; ResourceNotFound
 */
export const installEmulator = async (ctx: BotContext): Promise<EmulatorContext> => {
  const known = present(ctx) ?? present(await fresh(ctx))
  if (known) return known
  await install(ctx)
  const installed = present(await fresh(ctx))
  if (!installed) throw notFound('integration', ALIAS)
  return installed
}

const present = (ctx: BotContext): EmulatorContext | undefined => {
  const installation = emulatorOf(ctx.bot)
  return installation && !installation.removed ? { ...ctx, installation } : undefined
}

/** What is remembered of the bot may be half a second old. */
const fresh = async (ctx: BotContext): Promise<BotContext> => {
  const bot = await findBotProfile(ctx, ctx.bot.id)
  if (!bot) throw notFound('bot', ctx.bot.id)
  return { ...ctx, bot }
}

const install = async (ctx: BotContext): Promise<void> => {
  const alias = emulatorOf(ctx.bot)?.alias ?? ALIAS
  if (ctx.bot.installations.some((one) => one.alias === alias && !one.native))
    throw relationConflict(
      `In this bot "${alias}" stands for another integration: install the emulator of this server under an alias of your own.`,
    )
  const version = await ctx.db.row<{ id: string }>(NEWEST_VERSION, [])
  if (!version) throw notFound('integration', ALIAS)
  const integrations = { [alias]: { integrationId: version.id, enabled: true } }
  await updateBot({ ...ctx, workspaceId: ctx.bot.workspaceId }, ctx.bot.id, { integrations }, 'alias')
}
