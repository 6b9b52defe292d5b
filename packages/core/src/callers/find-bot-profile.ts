import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { isUuid } from '../ids.ts'
import type { BotProfile, DeclaredEvent, DeclaredState, DeclaredTags, InstallationProfile } from './bot-profile.ts'

const FIND_BOT_PROFILE: Statement = {
  name: 'callers.find-bot-profile',
  text: `
    select b.id, b.workspace_id, b.blocked or w.blocked as blocked, b.definition,
      case when b.allowlist = 'SELECTED_USERS' then (select coalesce(json_agg(m.account_id), '[]')
        from bot_allowlist_entries e join workspace_members m on m.id = e.member_id and m.workspace_id = b.workspace_id
        where e.bot_id = b.id) end as selected,
      (select coalesce(json_agg(json_build_object(
          'id', i.id, 'alias', i.alias, 'enabled', i.enabled, 'removed', i.removed_at is not null,
          'mayAct', i.enabled or i.status = 'unregistration_pending',
          'familyId', i.family_id, 'integrationName', f.name, 'native', f.native, 'integrationId', i.integration_id,
          'integrationIds', (select json_agg(v.integration_id) from installation_versions v where v.installation_id = i.id),
          'definition', coalesce(n.definition, '{}')) order by i.created_at, i.id), '[]')
        from installations i
        join integration_families f on f.id = i.family_id
        left join integrations n on n.id = i.integration_id
        where i.bot_id = b.id) as installations
    from bots b join workspaces w on w.id = b.workspace_id
    where b.id = $1`,
}

type TagsOf = { tags?: DeclaredTags }
type InstallationRow = Omit<InstallationProfile, 'userTags' | 'channels' | 'states' | 'events'> & {
  definition: {
    user?: TagsOf
    channels?: Record<string, { conversation?: TagsOf; message?: TagsOf }>
    states?: Record<string, DeclaredState>
    events?: Record<string, DeclaredEvent>
  }
}
type BotRow = {
  id: string
  workspace_id: string
  blocked: boolean
  selected: string[] | null
  definition: {
    user?: TagsOf
    conversation?: TagsOf
    message?: TagsOf
    states?: Record<string, DeclaredState>
    events?: Record<string, DeclaredEvent>
  }
  installations: InstallationRow[]
}

/** Reads what the chat API needs to know of a bot, in one round trip; undefined when there is no such bot. */
export const findBotProfile = async ({ db }: PlatformContext, botId: string): Promise<BotProfile | undefined> => {
  if (!isUuid(botId)) return undefined
  const row = await db.row<BotRow>(FIND_BOT_PROFILE, [botId])
  return row && toBotProfile(row)
}

const toBotProfile = ({ id, workspace_id, blocked, selected, definition, installations }: BotRow): BotProfile => ({
  id,
  workspaceId: workspace_id,
  blocked,
  ...(selected ? { selectedAccountIds: selected } : {}),
  userTags: definition.user?.tags ?? {},
  conversationTags: definition.conversation?.tags ?? {},
  messageTags: definition.message?.tags ?? {},
  states: definition.states ?? {},
  events: definition.events ?? {},
  installations: installations.map(toInstallationProfile),
})

const toInstallationProfile = ({ definition, ...row }: InstallationRow): InstallationProfile => ({
  ...row,
  userTags: definition.user?.tags ?? {},
  channels: Object.fromEntries(
    Object.entries(definition.channels ?? {}).map(([name, { conversation, message }]) => [
      name,
      { conversationTags: conversation?.tags ?? {}, messageTags: message?.tags ?? {} },
    ]),
  ),
  states: definition.states ?? {},
  events: definition.events ?? {},
})
