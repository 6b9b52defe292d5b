import type { IntegrationListQuery } from '@understudy/contract'
import { findBotProfile, hasBot } from '../callers/index.ts'
import type { CallerContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { isUuid } from '../ids.ts'
import { bestOfEachName, isVersionWish } from '../publications/index.ts'
import type { IntegrationList } from './integration-list.rules.ts'

/** What a list is asked for, without its page. */
export type IntegrationFilter = Partial<Omit<IntegrationListQuery, 'nextToken' | 'pageSize' | 'limit'>> & {
  visibility?: string | undefined
  dev?: boolean | undefined
}

/** Whose rows are meant: which versions there are of a name, or of all names, and whether it holds those of bots of a workspace. */
type Realm = {
  versions: (name: string | undefined) => Promise<{ id: string; familyId: string; version: string }[]>
  holdsBotsOf: (workspaceId: string) => boolean
}

/** The list that a filter asks for. @throws InvalidQuery for a version that is none */
export const listOf = async (
  ctx: CallerContext,
  filter: IntegrationFilter,
  { versions, holdsBotsOf }: Realm,
): Promise<IntegrationList> => {
  const { version, interfaceId, installedByBotId: botId, search, ...others } = filter
  if (version !== undefined && !isVersionWish(version))
    throw invalidQuery('version', 'must be a version, a range of versions or "latest"')
  // What is no id is nobody's, and what is out of reach has nothing.
  const nothing =
    (interfaceId !== undefined && !isUuid(interfaceId)) ||
    (botId !== undefined && !(await reaches(ctx, botId, holdsBotsOf)))
  const bestOf = async (wanted: string) => bestOfEachName(await versions(others.name), wanted)
  return {
    sortBy: others.sortBy ?? 'createdAt',
    direction: others.direction ?? 'desc',
    name: others.name,
    visibility: others.visibility,
    verificationStatus: others.verificationStatus,
    installedByBotId: nothing ? undefined : botId,
    interfaceId: nothing ? undefined : interfaceId,
    interfaceName: others.interfaceName,
    // Nothing to search for is found everywhere.
    search: search || undefined,
    ids: nothing ? [] : version === undefined ? undefined : await bestOf(version),
    frozen: filter,
  }
}

const reaches = async (ctx: CallerContext, botId: string, holdsBotsOf: Realm['holdsBotsOf']): Promise<boolean> => {
  const bot = await findBotProfile(ctx, botId)
  return bot !== undefined && holdsBotsOf(bot.workspaceId) && ctx.caller.kind === 'account' && hasBot(ctx.caller, bot)
}
