import { isGenuine, type Principal } from '@understudy/auth'
import type { Role, SigningKey } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import { wallClock } from '../clock.ts'
import type { PlatformContext } from '../context.ts'
import { oldestRetirement } from '../signing-keys/index.ts'

const FIND_CLIENT_PRINCIPAL: Statement = {
  name: 'callers.find-client-principal',
  text: `
    select k.public_key, c.account_id, c.bot_id, i.id as installation_id, i.family_id, b.id as home_id, b.workspace_id,
      (select coalesce(json_object_agg(m.workspace_id, m.role), '{}') from workspace_members m where m.account_id = c.account_id) as roles
    from api_clients c
    join signing_keys k on k.kid = $2 and (k.retired_at is null or k.retired_at > $3)
    left join installations i on i.id = c.installation_id and i.removed_at is null
    left join bots b on b.id = coalesce(c.bot_id, i.bot_id)
    where c.id = $1`,
}

type Row = {
  public_key: SigningKey
  account_id: string | null
  bot_id: string | null
  installation_id: string | null
  family_id: string
  home_id: string
  workspace_id: string
  roles: Record<string, Role>
}

/**
 * Who shows this access token: one round trip for the key that proves it and for what its client stands for.
 * @param claims what the token says about both, unproven
 * @returns undefined when it is not genuine, expired, or its client is gone
 */
export const findClientPrincipal = async (
  { db }: PlatformContext,
  token: string,
  { clientId, kid }: { clientId: string; kid: string },
): Promise<Principal | undefined> => {
  const now = wallClock.now()
  const row = await db.row<Row>(FIND_CLIENT_PRINCIPAL, [clientId, kid, oldestRetirement(now)])
  return row && (await isGenuine(token, row.public_key, now)) ? principalOf(row) : undefined
}

const principalOf = (row: Row): Principal | undefined => {
  const { account_id: accountId, bot_id: botId, installation_id: installationId, workspace_id: workspaceId } = row
  if (accountId) return { kind: 'account', accountId, roles: row.roles }
  if (botId) return { kind: 'bot', botId, workspaceId }
  if (!installationId) return undefined
  const installation = { id: installationId, botId: row.home_id }
  return { kind: 'integration', familyId: row.family_id, workspaceId, installation }
}
