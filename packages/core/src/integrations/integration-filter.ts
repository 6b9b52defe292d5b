import type { IntegrationListQuery } from '@understudy/contract'
import { findBotProfile, hasBot } from '../callers/index.ts'
import type { CallerContext } from '../context.ts'
import { invalidQuery } from '../errors.ts'
import { chooseVersion, isVersionWish } from './choose-version.rules.ts'
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
  const { version, interfaceId, interfaceName, installedByBotId: botId, search, ...others } = filter
  if (version !== undefined && !isVersionWish(version))
    throw invalidQuery('version', 'must be a version, a range of versions or "latest"')
  // Nobody publishes interfaces here yet, so nothing implements one; and what is out of reach has nothing.
  const nothing =
    interfaceId !== undefined ||
    interfaceName !== undefined ||
    (botId !== undefined && !(await reaches(ctx, botId, holdsBotsOf)))
  const bestOf = async (wanted: string) => bestIds(await versions(others.name), wanted)
  return {
    sortBy: others.sortBy ?? 'createdAt',
    direction: others.direction ?? 'desc',
    name: others.name,
    visibility: others.visibility,
    verificationStatus: others.verificationStatus,
    installedByBotId: nothing ? undefined : botId,
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

/** Of each name, the version that is meant. */
const bestIds = (versions: Awaited<ReturnType<Realm['versions']>>, wanted: string): string[] => {
  const families = new Map<string, typeof versions>()
  for (const one of versions) {
    const family = families.get(one.familyId)
    if (family) family.push(one)
    else families.set(one.familyId, [one])
  }
  return [...families.values()].flatMap((family) => chooseVersion(family, wanted)?.id ?? [])
}
