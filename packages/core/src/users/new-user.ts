import { installationNamed } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'
import { newId } from '../ids.ts'
import { declaredTags, type GivenTags, type OwnedTags, presentTags, type TagMatch, tagMatch } from '../tags/index.ts'
import type { UserDraft } from './user.repository.ts'

export type NewUser = {
  tags: GivenTags
  integrationName?: string | undefined
  name?: string | undefined
  pictureUrl?: string | undefined
  attributes?: GivenTags | undefined
  properties?: GivenTags | undefined
}

/** Somebody to be found by tags: by all of them, or by those named. */
export type WantedUser = NewUser & { discriminateByTags?: string[] | undefined }

/** Holds the tags of a user against what bot and installation declare. @throws InvalidPayload */
export const declaredUserTags = (ctx: BotContext, tags: GivenTags): OwnedTags<string | null> =>
  declaredTags(ctx, tags, { byBot: ctx.bot.userTags, byInstallation: ({ userTags }) => userTags })

/** The row a new user becomes. Whose it is: the calling integration's, the named one's, that of its tags, else the bot's. */
export const userDraft = (ctx: BotContext, input: NewUser): UserDraft => {
  const tags = declaredUserTags(ctx, presentTags(input.tags))
  const named = input.integrationName === undefined ? undefined : installationNamed(ctx, input.integrationName)
  const owner = ctx.installation ?? named ?? tags.installation
  if (tags.installation && owner && tags.installation !== owner)
    throw invalidPayload('integrationName', `the tags are those of "${tags.installation.alias}"`)
  return {
    id: newId('user'),
    installationId: owner?.id ?? null,
    name: input.name ?? null,
    pictureUrl: input.pictureUrl ?? null,
    integrationTags: presentTags(tags.ofInstallation),
    botTags: presentTags(tags.ofBot),
    attributes: presentTags(input.attributes ?? {}),
    properties: presentTags(input.properties ?? {}),
  }
}

/** The row a wanted user becomes unless one matches; nobody can match when `match` is undefined. @throws InvalidPayload */
export const wantedUser = (
  ctx: BotContext,
  { discriminateByTags, ...input }: WantedUser,
): { draft: UserDraft; match: TagMatch | undefined } => ({
  draft: userDraft(ctx, input),
  match: tagMatch(ctx, presentTags(input.tags), ctx.bot.userTags, discriminateByTags),
})
