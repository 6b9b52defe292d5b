import type { BotContext } from '../context.ts'
import { referenceNotFound } from '../errors.ts'
import type { InstallationProfile } from './bot-profile.ts'

/** The installation a bot means by the name of an integration, or by an alias. @throws ReferenceNotFound */
export const installationNamed = (ctx: BotContext, name: string): InstallationProfile => {
  const present = ctx.bot.installations.filter(({ removed }) => !removed)
  const named = present.find(({ alias }) => alias === name) ?? present.find((one) => one.integrationName === name)
  if (!named) throw referenceNotFound('integrationName', name)
  return named
}
