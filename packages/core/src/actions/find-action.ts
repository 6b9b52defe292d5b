import type { InstallationProfile } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'
import { actionRepository, type Declared } from './action.repository.ts'

/** An action with who does it: an integration, or, without one, the bot. */
export type Action = {
  name: string
  declared: Declared
  by: { installation: InstallationProfile; integrationId: string } | undefined
}

/** The action that is meant by `<alias>:<action>`, or by the name of one of the bot's. @throws InvalidPayload */
export const findAction = async (ctx: BotContext, type: string): Promise<Action> => {
  const colon = type.indexOf(':')
  const alias = type.slice(0, Math.max(colon, 0))
  const present = ctx.bot.installations.filter(({ removed }) => !removed)
  const installation =
    colon < 0
      ? undefined
      : (present.find((one) => one.alias === alias) ?? present.find((one) => one.integrationName === alias))
  if (!installation?.integrationId) {
    const own = await actionRepository.ofBot(ctx)
    if (colon < 0 || Object.hasOwn(own, type)) return { name: type, declared: declaredIn(own, type), by: undefined }
    throw invalidPayload(
      'type',
      `no integration "${alias}" is installed in this bot; it has: ${present.map((one) => one.alias).join(', ') || 'none'}`,
    )
  }
  if (!installation.enabled) throw invalidPayload('type', `the integration "${alias}" is disabled in this bot`)
  const { integrationId } = installation
  const name = type.slice(colon + 1)
  const declared = declaredIn(await actionRepository.ofIntegration(ctx, integrationId), name)
  return { name, declared, by: { installation, integrationId } }
}

const declaredIn = (actions: Record<string, Declared>, name: string): Declared => {
  const declared = Object.hasOwn(actions, name) ? actions[name] : undefined
  if (declared) return declared
  const names = Object.keys(actions).toSorted().join(', ') || 'none'
  throw invalidPayload('type', `"${name}" is not a declared action; declared are: ${names}`)
}
