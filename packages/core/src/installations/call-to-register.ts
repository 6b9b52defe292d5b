import { ask, type Callees, REGISTER_MAX_MS, toTheIntegration } from '../callees/index.ts'
import type { PlatformContext } from '../context.ts'
import { ApiError } from '../errors.ts'
import type { OwedCall } from './registration.repository.ts'
import { webhookUrl } from './webhook-url.ts'

/**
 * Calls an installation to register, or to unregister.
 * @param signal ends it early
 * @returns what the integration says went wrong; null when nothing did, or when it runs nowhere
 */
export const callToRegister = async (
  platform: PlatformContext,
  callees: Callees,
  { installationId, operation }: Pick<OwedCall, 'installationId' | 'operation'>,
  signal?: AbortSignal,
): Promise<string | null> => {
  const installation = callees.profile.installations.find(({ id }) => id === installationId)
  const addressed = installation && toTheIntegration(callees, installation, operation)
  const webhookId = callees.installations.get(installationId)?.webhookId
  if (!addressed || webhookId === undefined) return null
  const timeoutMs = Math.min(addressed.timeoutMs, REGISTER_MAX_MS)
  try {
    const body = { webhookUrl: webhookUrl(platform, webhookId) }
    await ask(platform, 'The integration', { ...addressed, timeoutMs, signal }, body)
    return null
  } catch (error) {
    if (error instanceof ApiError) return error.message
    throw error
  }
}
