import type { DeclaredTags, InstallationProfile } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'

/** Tag values by name; null and the empty string mean "none". */
export type GivenTags = Readonly<Record<string, string | null>>

/** Tags sorted by whose they are: the installation's own, under their bare names, and the bot's. */
export type OwnedTags<Value = string> = {
  /** the installation that `ofInstallation` belongs to; undefined when there are none of its */
  installation: InstallationProfile | undefined
  ofInstallation: Record<string, Value>
  ofBot: Record<string, Value>
}

const INSTALLATION_SEPARATOR = ':'

/**
 * Names depend on who asks: an integration writes `id`, the bot says `<alias>:id` for the same tag. The bot's own tags
 * and those of its plugins (`<alias>#name`) are bare to the bot and invisible to integrations.
 * A name of the bot's that could be either is the bot's.
 */
export const ownTags = <Value>(
  ctx: BotContext,
  tags: Readonly<Record<string, Value>>,
  botDeclares: DeclaredTags = {},
): OwnedTags<Value> & { strangers: string[] } => {
  if (ctx.installation) return { installation: ctx.installation, ofInstallation: { ...tags }, ofBot: {}, strangers: [] }
  const owned = { ofInstallation: {} as Record<string, Value>, ofBot: {} as Record<string, Value> }
  let installation: InstallationProfile | undefined
  const strangers: string[] = []
  for (const [name, value] of Object.entries(tags)) {
    const [alias = '', ...rest] = name.split(INSTALLATION_SEPARATOR)
    const owner = Object.hasOwn(botDeclares, name) || rest.length === 0 ? undefined : installationNamed(ctx, alias)
    if (!owner) {
      owned.ofBot[name] = value
    } else if (installation && installation !== owner) {
      strangers.push(name)
    } else {
      installation = owner
      owned.ofInstallation[rest.join(INSTALLATION_SEPARATOR)] = value
    }
  }
  return { installation, strangers, ...owned }
}

/** The names both halves are known by to this caller. */
export const namedTags = (
  ctx: BotContext,
  installationId: string | null,
  ofInstallation: Record<string, string>,
  ofBot: Record<string, string>,
): Record<string, string> => {
  if (ctx.installation) return ofInstallation
  const alias = ctx.bot.installations.find(({ id }) => id === installationId)?.alias
  const prefixed = Object.entries(ofInstallation).map(([name, value]) => [
    `${alias ?? ''}${INSTALLATION_SEPARATOR}${name}`,
    value,
  ])
  return { ...ofBot, ...Object.fromEntries(prefixed) }
}

/**
 * Holds tags that are about to be written against what is declared.
 * @throws InvalidPayload naming the tag and listing what is declared
 */
export const declaredTags = (
  ctx: BotContext,
  tags: GivenTags,
  declared: { byBot: DeclaredTags; byInstallation: (installation: InstallationProfile) => DeclaredTags },
): OwnedTags<string | null> => {
  const owned = ownTags(ctx, tags, declared.byBot)
  const known = owned.installation ? declared.byInstallation(owned.installation) : {}
  const stranger =
    owned.strangers[0] ??
    Object.keys(owned.ofBot).find((name) => !Object.hasOwn(declared.byBot, name)) ??
    Object.keys(owned.ofInstallation).find((name) => !Object.hasOwn(known, name))
  if (stranger !== undefined) throw undeclaredTag(ctx, stranger, declared)
  return owned
}

/** Says which tag is not declared, and which ones are, by the names this caller uses. */
export const undeclaredTag = (
  ctx: BotContext,
  name: string,
  declared: { byBot: DeclaredTags; byInstallation: (installation: InstallationProfile) => DeclaredTags },
) => {
  const names = ctx.installation
    ? Object.keys(declared.byInstallation(ctx.installation))
    : [
        ...Object.keys(declared.byBot),
        ...ctx.bot.installations
          .filter(({ removed }) => !removed)
          .flatMap((one) => Object.keys(declared.byInstallation(one)).map((tag) => `${one.alias}:${tag}`)),
      ]
  return invalidPayload(`tags.${name}`, `is not declared; declared are: ${names.toSorted().join(', ') || 'none'}`)
}

/** Tags of something new: empty values were not given. */
export const presentTags = (tags: Readonly<Record<string, string | null>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter((entry): entry is [string, string] => Boolean(entry[1])))

/** A change as SQL wants it: what to merge in, and which names to drop. */
export type TagChange = { set: Record<string, string>; unset: string[] }

export const tagChange = (tags: Readonly<Record<string, string | null>>): TagChange => ({
  set: presentTags(tags),
  unset: Object.keys(tags).filter((name) => !tags[name]),
})

const installationNamed = (ctx: BotContext, alias: string): InstallationProfile | undefined =>
  ctx.bot.installations.find((one) => one.alias === alias)
