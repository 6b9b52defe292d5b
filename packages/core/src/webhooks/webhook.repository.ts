import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { isUuid } from '../ids.ts'

/** An installation that the outside world calls. */
export type WebhookRow = { id: string; bot_id: string; alias: string; enabled: boolean }

/** What a version says of how to find out for which installation something is. */
export type ScriptsRow = {
  family_id: string
  extract: string
  fallback: string | null
  sealed_secrets: string
}

const FIND: Statement = {
  name: 'webhooks.find',
  text: 'select id, bot_id, alias, enabled from installations where webhook_id = $1 and removed_at is null',
}

const FIND_IDENTIFIED: Statement = {
  name: 'webhooks.find-identified',
  text: 'select id, bot_id, alias, enabled from installations where family_id = $1 and identifier = $2 and removed_at is null',
}

// Names are unique within a workspace; with a handle in front, as the tools write them, everywhere.
const SCRIPTS: Statement = {
  name: 'webhooks.scripts',
  text: `
    select f.id as family_id, n.extract, n.fallback, n.sealed_secrets
    from integration_families f
    cross join lateral (
      select i.definition -> 'identifier' ->> 'extractScript' as extract,
        i.definition -> 'identifier' ->> 'fallbackHandlerScript' as fallback,
        encode(i.sealed_secrets, 'base64') as sealed_secrets
      from integrations i
      where i.family_id = f.id and coalesce(i.definition -> 'identifier' ->> 'extractScript', '') <> ''
      order by i.dev, i.created_at desc limit 1) n
    where f.name = $1 order by f.created_at limit $2`,
}

const FAMILIES_MAX = 5

/** Who is behind an address of the outside world. */
export const webhookRepository = {
  find: async ({ db }: PlatformContext, webhookId: string): Promise<WebhookRow | undefined> =>
    isUuid(webhookId) ? db.row<WebhookRow>(FIND, [webhookId]) : undefined,
  findIdentified: ({ db }: PlatformContext, familyId: string, identifier: string): Promise<WebhookRow | undefined> =>
    db.row<WebhookRow>(FIND_IDENTIFIED, [familyId, identifier]),
  scripts: ({ db }: PlatformContext, name: string): Promise<ScriptsRow[]> =>
    db.rows<ScriptsRow>(SCRIPTS, [name, FAMILIES_MAX]),
}
