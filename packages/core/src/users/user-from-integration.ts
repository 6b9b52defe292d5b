import type { User } from '@understudy/contract'
import { askToCreate } from '../callees/index.ts'
import type { BotContext } from '../context.ts'
import { runtimeError } from '../errors.ts'
import { updateUser } from './update-user.ts'
import { toUser } from './user.mapper.ts'
import { type UserDraft, userRepository } from './user.repository.ts'

/**
 * The user that an integration makes for the bot that named it, with what the bot says of it beside the integration's tags.
 * @returns undefined where the caller is not the bot, or named none, or the integration leaves that to us
 * @throws what askToCreate throws; Runtime for a user that is not the integration's
 */
export const userFromIntegration = async (
  ctx: BotContext,
  { integrationName }: { integrationName?: string | undefined },
  draft: UserDraft,
): Promise<User | undefined> => {
  const { installationId, botTags, name, pictureUrl, attributes, properties } = draft
  if (ctx.installation || integrationName === undefined || installationId === null) return undefined
  const id = await askToCreate(ctx, installationId, { noun: 'user', tags: draft.integrationTags })
  if (id === undefined) return undefined
  const row = await userRepository.find(ctx, id)
  if (row?.installation_id !== installationId)
    throw runtimeError(`The integration "${integrationName}" answered with a user that is not its own.`)
  const isPlain = [botTags, attributes, properties].every((given) => Object.keys(given).length === 0)
  if (isPlain && name === null && pictureUrl === null) return toUser(ctx, row)
  return updateUser(ctx, id, {
    tags: botTags,
    attributes,
    properties,
    name: name ?? undefined,
    pictureUrl: pictureUrl ?? undefined,
  })
}
