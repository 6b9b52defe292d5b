import type { Statement } from '@understudy/db'
import { type BotProfile, findBotProfile } from '../callers/index.ts'
import type { PlatformContext } from '../context.ts'
import { type Address, addressOf } from './address.ts'

/** Where something runs, and what it is told of its configuration. */
type Callee = {
  /** undefined: nowhere that could be called */
  address: Address | undefined
  configuration: Record<string, unknown>
  timeoutMs: number
}

export type BotCallee = Callee & {
  /** the event types that wake it; null: all */
  subscriptions: Readonly<Record<string, unknown>> | null
}

export type InstallationCallee = Callee & {
  /** the version it has now */
  integrationId: string | null
  webhookId: string
  configurationType: string | undefined
  disabledChannels: readonly string[]
}

/** A bot, and the integrations in it, as those who are called. */
export type Callees = { profile: BotProfile; bot: BotCallee; installations: ReadonlyMap<string, InstallationCallee> }

const FIND: Statement = {
  name: 'callees.find',
  text: `
    select b.url, b.code_sha256, md5(b.sealed_secrets) as secrets_digest, b.max_execution_time_s, encode(b.sealed_configuration, 'base64') as sealed_configuration,
      b.definition -> 'subscriptions' -> 'events' as subscriptions,
      (select coalesce(json_agg(json_build_object(
          'id', i.id, 'url', n.url, 'code_sha256', n.code_sha256, 'secrets_digest', md5(n.sealed_secrets), 'max_execution_time_s', n.max_execution_time_s, 'integration_id', i.integration_id,
          'webhook_id', i.webhook_id, 'sealed_configuration', encode(i.sealed_configuration, 'base64'),
          'configuration_type', i.configuration_type, 'disabled_channels', i.disabled_channels)), '[]')
        from installations i left join integrations n on n.id = i.integration_id where i.bot_id = b.id) as installations
    from bots b where b.id = $1`,
}

type CalleeRow = {
  url: string | null
  code_sha256: string | null
  secrets_digest: string
  max_execution_time_s: number | null
  sealed_configuration: string
}
type InstallationRow = CalleeRow & {
  id: string
  integration_id: string | null
  webhook_id: string
  configuration_type: string | null
  disabled_channels: string[]
}
type Row = CalleeRow & { subscriptions: Record<string, unknown> | null; installations: InstallationRow[] }

/** How long a call may take of who does not say so. */
export const TIMEOUT_S = 60

/** Reads who may have to be called for a bot; undefined when there is no such bot. */
export const findCallees = async (platform: PlatformContext, botId: string): Promise<Callees | undefined> => {
  const [profile, row] = await Promise.all([findBotProfile(platform, botId), platform.db.row<Row>(FIND, [botId])])
  if (!profile || !row) return undefined
  const callee = (kind: 'bot' | 'integration', id: string, of: CalleeRow): Callee => ({
    address: addressOf(kind, { id, url: of.url, codeSha256: of.code_sha256, secretsDigest: of.secrets_digest }),
    timeoutMs: (of.max_execution_time_s ?? TIMEOUT_S) * 1000,
    configuration: JSON.parse(platform.secrets.open(Buffer.from(of.sealed_configuration, 'base64'))) as Record<
      string,
      unknown
    >,
  })
  return {
    profile,
    bot: { ...callee('bot', profile.id, row), subscriptions: row.subscriptions },
    installations: new Map(
      row.installations.map((one) => [
        one.id,
        {
          ...callee('integration', one.integration_id ?? '', one),
          integrationId: one.integration_id,
          webhookId: one.webhook_id,
          configurationType: one.configuration_type ?? undefined,
          disabledChannels: one.disabled_channels,
        },
      ]),
    ),
  }
}
