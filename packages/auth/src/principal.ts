import type { Role } from '@understudy/contract'

/** Who a token stands for. An account's rights differ by workspace; a bot and an integration are only themselves. */
export type Principal =
  | { kind: 'account'; accountId: string; roles: Readonly<Record<string, Role>> }
  | { kind: 'bot'; botId: string; workspaceId: string }
  | { kind: 'integration'; familyId: string; workspaceId: string }
