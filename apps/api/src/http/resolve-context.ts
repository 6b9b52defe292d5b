import { type Principal, refusalOf } from '@understudy/auth'
import type { Operation } from '@understudy/contract'
import {
  type BotProfile,
  type CallerContext,
  forbidden,
  hasBot,
  type InstallationProfile,
  installationsOf,
  invalidPayload,
  notFound,
  type PlatformContext,
} from '@understudy/core'

/** The headers that say in whose name and where; each at most once. */
export type CallerHeaders = {
  /** or, where the path names the bot, that one */
  botId: string | undefined
  integrationId: string | undefined
  integrationAlias: string | undefined
  workspaceId: string | undefined
}

export type ContextParts = {
  platform: PlatformContext
  caller: Principal
  headers: CallerHeaders
  botProfile: (botId: string) => Promise<BotProfile | undefined>
}

/**
 * The context an operation works in, or the reason why there is none. What belongs to others and what does not exist get
 * the same answer.
 * @throws ResourceNotFound; InvalidPayload for a missing header; Forbidden
 */
export const resolveContext = async (
  { tenant, access }: Pick<Operation, 'tenant' | 'access'>,
  parts: ContextParts,
): Promise<CallerContext> => {
  switch (tenant) {
    case 'nobody':
      return { caller: parts.caller, ...parts.platform }
    case 'account': {
      // Which workspace is concerned stands in the path, if any: the verb knows the role it asks for.
      const kinds = 'public' in access ? access : { callers: access.callers.map((one) => anyAccount(one)) as never }
      return allowed({ caller: parts.caller, ...parts.platform }, refusalOf(kinds, parts.caller))
    }
    case 'workspace': {
      const workspaceId = workspaceOf(parts)
      return allowed(
        { caller: parts.caller, workspaceId, ...parts.platform },
        refusalOf(access, parts.caller, roleIn(parts.caller, workspaceId)),
      )
    }
    case 'bot':
      return botContext(access, parts)
  }
}

const anyAccount = (caller: string): string => (caller.startsWith('account') ? 'account' : caller)

const allowed = <Context>(context: Context, refusal: string | undefined): Context => {
  if (refusal) throw forbidden(refusal)
  return context
}

const roleIn = (caller: Principal, workspaceId: string) =>
  caller.kind === 'account' ? caller.roles[workspaceId] : undefined

const workspaceOf = ({ caller, headers: { workspaceId } }: ContextParts): string => {
  if (caller.kind !== 'account') {
    if (workspaceId !== undefined && workspaceId !== caller.workspaceId) throw notFound('workspace', workspaceId)
    return caller.workspaceId
  }
  if (workspaceId !== undefined) {
    if (!Object.hasOwn(caller.roles, workspaceId)) throw notFound('workspace', workspaceId)
    return workspaceId
  }
  const [only, ...others] = Object.keys(caller.roles)
  if (only === undefined || others.length > 0)
    throw invalidPayload('x-workspace-id', 'this header has to name one of your workspaces')
  return only
}

const botContext = async (access: Operation['access'], parts: ContextParts): Promise<CallerContext> => {
  const { platform, caller, headers, botProfile } = parts
  const botId = headers.botId ?? onlyBotOf(caller)
  if (botId === undefined) throw invalidPayload('x-bot-id', 'this header has to name the bot')
  const bot = isWithinReach(caller, botId) ? await botProfile(botId) : undefined
  if (!bot || (caller.kind === 'account' && !hasBot(caller, bot))) throw notFound('bot', botId)
  const installation = installationOf(parts, bot)
  const role = roleIn(caller, bot.workspaceId)
  // Who acts as an integration needs what a developer needs, and the operation must be one for integrations.
  const refusal = installation
    ? (refusalOf(access, { kind: 'integration', familyId: installation.familyId, workspaceId: bot.workspaceId }) ??
      (caller.kind === 'account' ? refusalOf({ callers: ['account:developer'] }, caller, role) : undefined))
    : refusalOf(access, caller, role)
  if (bot.blocked) throw forbidden('This bot, or its workspace, is blocked.')
  // In this order: what follows a spread costs V8 a microsecond, and makes everything that reads the object slower.
  return allowed({ caller, bot, installation, ...platform } as CallerContext, refusal)
}

/** The bot of a token that opens no other: a bot's own, its emulator's, or an installation's. */
const onlyBotOf = (caller: Principal): string | undefined =>
  'botId' in caller ? caller.botId : caller.kind === 'integration' ? caller.installation?.botId : undefined

/** Before anything is read. */
const isWithinReach = (caller: Principal, botId: string): boolean => (onlyBotOf(caller) ?? botId) === botId

/** As which installation the caller acts; undefined: as the bot. */
const installationOf = ({ caller, headers }: ContextParts, bot: BotProfile): InstallationProfile | undefined => {
  const { integrationId, integrationAlias } = headers
  const named = integrationId !== undefined || integrationAlias !== undefined
  if ('botId' in caller && named)
    throw forbidden('The key of a bot acts as the bot: leave out the integration headers.')
  if (caller.kind !== 'integration' && !named) return undefined
  const present =
    caller.kind === 'integration'
      ? installationsOf(caller, bot)
      : bot.installations.filter(({ removed, mayAct }) => !removed || mayAct)
  // To an integration a bot that has not installed it does not exist.
  if (caller.kind === 'integration' && present.length === 0) throw notFound('bot', bot.id)
  const meant = present.filter(
    (one) =>
      (integrationId === undefined || one.integrationIds.includes(integrationId)) &&
      (integrationAlias === undefined || one.alias === integrationAlias),
  )
  const [only, ...others] = meant
  if (!only) throw notFound('integration', integrationId ?? integrationAlias ?? '')
  if (others.length > 0)
    throw invalidPayload(
      'x-integration-alias',
      `this header has to name one of: ${meant.map(({ alias }) => alias).join(', ')}`,
    )
  if (!only.mayAct) throw forbidden(`The integration "${only.alias}" is disabled in this bot.`)
  return only
}
