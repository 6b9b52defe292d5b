import { type InstallationProfile, installationNamed } from '../callers/index.ts'
import type { BotContext } from '../context.ts'
import { invalidPayload } from '../errors.ts'
import { newId } from '../ids.ts'
import { declaredTags, type GivenTags, presentTags, type TagMatch, tagMatch } from '../tags/index.ts'
import type { ConversationDraft } from './conversation.repository.ts'

export type NewConversation = {
  channel: string
  tags: GivenTags
  integrationName?: string | undefined
  properties?: GivenTags | undefined
}

/** A conversation to be found by tags: by all of them, or by those named. */
export type WantedConversation = NewConversation & { discriminateByTags?: string[] | undefined }

/** The row a new conversation becomes. @throws InvalidPayload for a channel or tags that are not declared */
export const conversationDraft = (ctx: BotContext, input: NewConversation): ConversationDraft => {
  const installation = ctx.installation ?? installationOf(ctx, input)
  if (!Object.hasOwn(installation.channels, input.channel))
    throw invalidPayload(
      'channel',
      `"${input.channel}" is not a channel of "${installation.alias}"; it has: ${Object.keys(installation.channels).join(', ') || 'none'}`,
    )
  const tags = declaredTags(ctx, presentTags(input.tags), {
    byBot: ctx.bot.conversationTags,
    byInstallation: ({ channels }) => channels[input.channel]?.conversationTags ?? {},
  })
  if (tags.installation && tags.installation !== installation)
    throw invalidPayload('tags', `those of "${tags.installation.alias}" do not go with "${installation.alias}"`)
  return {
    id: newId('conv'),
    installationId: installation.id,
    channel: input.channel,
    integrationTags: presentTags(tags.ofInstallation),
    botTags: presentTags(tags.ofBot),
    properties: presentTags(input.properties ?? {}),
  }
}

/**
 * The row a wanted conversation becomes unless one matches; none can match when `match` is undefined.
 * @throws InvalidPayload; ReferenceNotFound for an integrationName
 */
export const wantedConversation = (
  ctx: BotContext,
  { discriminateByTags, ...input }: WantedConversation,
): { draft: ConversationDraft; match: TagMatch | undefined } => ({
  draft: conversationDraft(ctx, input),
  match: tagMatch(ctx, presentTags(input.tags), ctx.bot.conversationTags, discriminateByTags),
})

/** A bot says which integration it means, unless only one installed integration has such a channel. */
const installationOf = (ctx: BotContext, { integrationName, channel }: NewConversation): InstallationProfile => {
  if (integrationName !== undefined) return installationNamed(ctx, integrationName)
  const [only, ...others] = ctx.bot.installations.filter(
    ({ removed, channels }) => !removed && Object.hasOwn(channels, channel),
  )
  if (only && others.length === 0) return only
  throw invalidPayload(
    'integrationName',
    only
      ? `several integrations of this bot have a channel "${channel}": name one of ${[only, ...others].map(({ alias }) => alias).join(', ')}`
      : `no integration of this bot has a channel "${channel}"`,
  )
}
