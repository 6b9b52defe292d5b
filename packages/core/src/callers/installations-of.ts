import type { IntegrationPrincipal } from '@understudy/auth'
import type { BotProfile, InstallationProfile } from './bot-profile.ts'

/** The installations in a bot that the token of an integration may act as; none: to it the bot does not exist. */
export const installationsOf = (
  { familyId, installation }: IntegrationPrincipal,
  bot: BotProfile,
): InstallationProfile[] =>
  bot.installations.filter(
    (one) => (!one.removed || one.mayAct) && one.familyId === familyId && (!installation || one.id === installation.id),
  )
