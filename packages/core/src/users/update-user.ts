import type { User } from '@understudy/contract'
import type { BotContext } from '../context.ts'
import { notFound, relationConflict } from '../errors.ts'
import { type GivenTags, tagChange } from '../tags/index.ts'
import { declaredUserTags } from './new-user.ts'
import { toUser } from './user.mapper.ts'
import { userRepository } from './user.repository.ts'

export type UserChanges = {
  tags?: GivenTags | undefined
  attributes?: GivenTags | undefined
  properties?: GivenTags | undefined
  name?: string | null | undefined
  pictureUrl?: string | null | undefined
}

/**
 * Merges: what is not mentioned stays; a tag with no value, and null elsewhere, is removed. Writers at the same time do
 * not lose each other's tags.
 * @throws ResourceNotFound; InvalidPayload for tags nobody declared; RelationConflict for tags of an installation the user is not of
 */
export const updateUser = async (ctx: BotContext, id: string, changes: UserChanges): Promise<User> => {
  const tags = declaredUserTags(ctx, changes.tags ?? {})
  const row = await userRepository.update(ctx, id, {
    tagsOf: tags.installation?.id,
    integrationTags: tagChange(tags.ofInstallation),
    botTags: tagChange(tags.ofBot),
    attributes: tagChange(changes.attributes ?? {}),
    properties: tagChange(changes.properties ?? {}),
    name: changes.name,
    pictureUrl: changes.pictureUrl,
  })
  if (row) return toUser(ctx, row)
  const visible = await userRepository.find(ctx, id)
  if (!visible) throw notFound('user', id)
  throw relationConflict(
    ctx.installation
      ? `User "${id}" is the bot itself`
      : `User "${id}" does not belong to the integration "${tags.installation?.alias}"`,
  )
}
