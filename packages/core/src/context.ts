import type { Principal } from '@understudy/auth'
import type { Db } from '@understudy/db'
import type { FileStore } from '@understudy/files'
import type { Deployments, Runtime } from '@understudy/runtime'
import type { BotProfile, InstallationProfile } from './callers/bot-profile.ts'
import type { Clock } from './clock.ts'
import type { Doorbell } from './doorbell/index.ts'
import type { Limits } from './limits/limits.ts'
import type { Metrics } from './metrics/metrics.ts'
import type { Secrets } from './secrets/secrets.ts'
import type { TestClock } from './test-clock/test-clock.ts'

/** What every verb stands on, whoever asks. */
export type PlatformContext = {
  db: Db
  clock: Clock
  /** only where the server was started for tests; then it is `clock` */
  testClock?: TestClock | undefined
  secrets: Secrets
  doorbell: Doorbell
  files: FileStore
  /** where deployed code runs; a process that calls nobody needs none */
  deployments?: Deployments | undefined
  /** for calls to bots and integrations that somebody waits for */
  runtime: Runtime
  metrics: Metrics
  limits: Limits
  /** where all that is done is one transaction: takes what is to be done after it */
  afterCommit?: ((act: (platform: PlatformContext) => Promise<void>) => void) | undefined
  /** For how many days what bots say and hear is kept; 0: for ever. */
  retentionDays: number
  /** Where clients reach this server, without a trailing slash. */
  publicUrl: string
}

/** A caller who is known, outside any workspace. */
export type CallerContext = PlatformContext & { caller: Principal }

/** A caller in a workspace: administration sees this workspace's rows and no others. */
export type WorkspaceContext = CallerContext & { workspaceId: string }

/** A caller in a bot: the chat API sees this bot's rows, and an integration only its installation's. */
export type BotContext = CallerContext & {
  bot: BotProfile
  /** As which installation the caller acts; undefined: as the bot itself. */
  installation: InstallationProfile | undefined
}
