import { type Principal, readAccessToken } from '@understudy/auth'
import type { Role } from '@understudy/contract'
import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { holderOfKey } from '../deployment-keys/index.ts'
import { botOfEmulatorKey } from '../emulator-keys/index.ts'
import { findClientPrincipal } from './find-client-principal.ts'

const FIND_PRINCIPAL: Statement = {
  name: 'callers.find-principal',
  text: `
    select t.account_id, t.bot_id, t.integration_family_id as family_id, coalesce(b.workspace_id, f.workspace_id) as workspace_id,
      (select coalesce(json_object_agg(m.workspace_id, m.role), '{}') from workspace_members m where m.account_id = t.account_id) as roles
    from tokens t
    left join bots b on b.id = t.bot_id
    left join integration_families f on f.id = t.integration_family_id
    where t.hash = any($1)`,
}

const FIND_HOME: Statement = {
  name: 'callers.find-home',
  text: 'select workspace_id as "workspaceId" from bots where id = $1',
}

const FIND_DEPLOYED = {
  bot: {
    name: 'callers.find-deployed-bot',
    text: 'select workspace_id as "workspaceId" from bots where id = $1 and code_sha256 is not null',
  },
  integration: {
    name: 'callers.find-deployed-integration',
    text: `
      select f.id as "familyId", f.workspace_id as "workspaceId"
      from integrations n join integration_families f on f.id = n.family_id
      where n.id = $1 and n.code_sha256 is not null`,
  },
} as const satisfies Record<string, Statement>

type Row = {
  account_id: string | null
  bot_id: string | null
  family_id: string | null
  workspace_id: string
  roles: Record<string, Role>
}

/** Who shows this token: one round trip; undefined when nobody has it (any more). */
export const findPrincipal = async (ctx: PlatformContext, token: string): Promise<Principal | undefined> => {
  const claims = readAccessToken(token)
  if (claims) return findClientPrincipal(ctx, token, claims)
  const emulated = botOfEmulatorKey(ctx, token)
  if (emulated) {
    const home = await ctx.db.row<{ workspaceId: string }>(FIND_HOME, [emulated])
    return home && { kind: 'emulator', botId: emulated, ...home }
  }
  const deployed = holderOfKey(ctx, token)
  if (deployed) return findDeployed(ctx, deployed)
  const row = await ctx.db.row<Row>(FIND_PRINCIPAL, [ctx.secrets.hashesOf(token)])
  if (!row) return undefined
  const { account_id: accountId, bot_id: botId, family_id: familyId, workspace_id: workspaceId, roles } = row
  if (accountId) return { kind: 'account', accountId, roles }
  if (botId) return { kind: 'bot', botId, workspaceId }
  if (familyId) return { kind: 'integration', familyId, workspaceId }
  return undefined
}

/** The code of a bot is the bot; that of an integration is the integration, in every bot that has it. */
const findDeployed = async (
  { db }: PlatformContext,
  { kind, id }: { kind: 'bot' | 'integration'; id: string },
): Promise<Principal | undefined> => {
  if (kind === 'bot') {
    const home = await db.row<{ workspaceId: string }>(FIND_DEPLOYED.bot, [id])
    return home && { kind, botId: id, ...home }
  }
  const family = await db.row<{ familyId: string; workspaceId: string }>(FIND_DEPLOYED.integration, [id])
  return family && { kind, ...family }
}
