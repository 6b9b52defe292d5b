import { type BotOperation, botHeaders, type IntegrationOperation, integrationHeaders } from '@understudy/runtime'
import type { InstallationProfile } from '../callers/index.ts'
import type { Address } from './address.ts'
import type { Callees } from './find-callees.ts'

/** A call without its body: to whom, and as what. */
export type Addressed = Address & { headers: Record<string, string>; timeoutMs: number }

/** @param type of the event, where it is one. @returns undefined when the bot runs nowhere */
export const toTheBot = ({ profile, bot }: Callees, operation: BotOperation, type?: string): Addressed | undefined =>
  bot.address === undefined
    ? undefined
    : {
        ...bot.address,
        timeoutMs: bot.timeoutMs,
        headers: botHeaders({ botId: profile.id, operation, type, configuration: bot.configuration }),
      }

/** @returns undefined when the integration runs nowhere, or is gone */
export const toTheIntegration = (
  { profile, installations }: Callees,
  { id, alias }: Pick<InstallationProfile, 'id' | 'alias'>,
  operation: IntegrationOperation,
): Addressed | undefined => {
  const callee = installations.get(id)
  if (callee?.address === undefined || callee.integrationId === null) return undefined
  return {
    ...callee.address,
    timeoutMs: callee.timeoutMs,
    headers: integrationHeaders({
      botId: profile.id,
      botUserId: profile.id,
      integrationId: callee.integrationId,
      integrationAlias: alias,
      webhookId: callee.webhookId,
      operation,
      configuration: callee.configuration,
      configurationType: callee.configurationType,
    }),
  }
}
