import type { PlatformContext } from '../context.ts'
import { emulatorUrl } from '../emulator-keys/index.ts'
import type { Home } from './first-run.ts'

/** What a program needs in its environment to work against this server. */
export type Credentials = {
  BP_API_URL: string
  /** undefined where others made the first token and told nobody here: the database has only its hash */
  BP_TOKEN?: string | undefined
  BP_WORKSPACE_ID: string
  BP_BOT_ID: string
  EMULATOR_INTEGRATION_ID: string
  /** where to talk to the bot in a browser; it has a key in it */
  EMULATOR_URL: string
}

export const credentialsOf = (
  platform: Pick<PlatformContext, 'secrets' | 'publicUrl'>,
  home: Home,
  token: string | undefined,
): Credentials => ({
  BP_API_URL: platform.publicUrl,
  BP_TOKEN: home.token ?? token,
  BP_WORKSPACE_ID: home.workspaceId,
  BP_BOT_ID: home.botId,
  EMULATOR_INTEGRATION_ID: home.emulatorIntegrationId,
  EMULATOR_URL: emulatorUrl(platform, home.botId),
})

/** The lines to copy, or to `source`. */
export const exportLines = (credentials: Credentials): string[] =>
  Object.entries(credentials).flatMap(([name, value]) => (value === undefined ? [] : [`export ${name}=${value}`]))
