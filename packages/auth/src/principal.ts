import type { Role } from '@understudy/contract'

/** Who a token stands for. An account's rights differ by workspace; a bot and an integration are only themselves. */
export type Principal =
  | { kind: 'account'; accountId: string; roles: Readonly<Record<string, Role>> }
  | { kind: 'bot'; botId: string; workspaceId: string }
  | IntegrationPrincipal
  /** anybody who was given the key of a bot's emulator */
  | { kind: 'emulator'; botId: string; workspaceId: string }

export type IntegrationPrincipal = {
  kind: 'integration'
  familyId: string
  workspaceId: string
  /** Where the token stands for the integration in one bot alone; then the workspace is that bot's. */
  installation?: { id: string; botId: string }
}
