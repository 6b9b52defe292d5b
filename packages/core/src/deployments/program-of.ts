import type { Statement } from '@understudy/db'
import type { Deployment, Program } from '@understudy/runtime'
import { readCode } from '../code/index.ts'
import type { PlatformContext } from '../context.ts'
import { deploymentKey } from '../deployment-keys/index.ts'
import { secretVariable } from './secret-variable.rules.ts'

/** What a program is made of. */
export type Programs = Pick<PlatformContext, 'db' | 'files' | 'secrets' | 'publicUrl'> & {
  /** where deployed code reaches this server */
  internalUrl: string
}

const FIND = {
  bot: { name: 'deployments.find-bot', text: 'select code_sha256, sealed_secrets from bots where id = $1' },
  integration: {
    name: 'deployments.find-integration',
    text: 'select code_sha256, sealed_secrets from integrations where id = $1',
  },
} as const satisfies Record<Deployment['kind'], Statement>

type Row = { code_sha256: string | null; sealed_secrets: Uint8Array }

/** The code of a bot or an integration as it is now, and all it sees of the world; undefined when there is none. */
export const programOf = async (
  programs: Programs,
  { kind, id }: Pick<Deployment, 'kind' | 'id'>,
): Promise<Program | undefined> => {
  const row = await programs.db.row<Row>(FIND[kind], [id])
  const code = row?.code_sha256 ? await readCode(programs, row.code_sha256) : undefined
  if (!row || !code) return undefined
  const secrets = JSON.parse(programs.secrets.open(row.sealed_secrets)) as Record<string, string>
  return {
    code,
    environment: {
      BP_API_URL: programs.internalUrl,
      BP_TOKEN: deploymentKey(programs, { kind, id }),
      ...(kind === 'bot' ? { BP_BOT_ID: id } : { BP_INTEGRATION_ID: id }),
      BP_WEBHOOK_URL: `${programs.publicUrl}/webhook`,
      BP_LOG_FORMAT: 'json',
      ...Object.fromEntries(Object.entries(secrets).map(([name, value]) => [secretVariable(name), value])),
    },
  }
}
