import { unlessTaken } from '../constraints.ts'
import type { BotContext } from '../context.ts'
import { alreadyExists, invalidPayload } from '../errors.ts'
import { newUuid } from '../ids.ts'
import { registrationRepository } from './registration.repository.ts'
import { WAITS_FOR_IDENTIFIER } from './registration.rules.ts'

/** How long from one call of `register` to the next, as PostgreSQL says it. */
const EVERY = {
  hourly: '1 hour',
  daily: '1 day',
  weekly: '7 days',
  'bi-weekly': '14 days',
  monthly: '1 month',
  'bi-monthly': '2 months',
  quarterly: '3 months',
  yearly: '1 year',
} as const

export type IntegrationSettings = {
  /** by what the outside world knows this installation; null: by nothing */
  identifier?: string | null | undefined
  scheduleRegisterCall?: keyof typeof EVERY | undefined
}

/**
 * What an integration says of itself in a bot. An identifier belongs to one installation of the integration; one that waits
 * for it is registered as soon as it has it.
 * @throws AlreadyExists for an identifier of another bot's; InvalidPayload where no integration is named
 */
export const configureIntegration = async (
  ctx: BotContext,
  { identifier, scheduleRegisterCall }: IntegrationSettings,
): Promise<void> => {
  const { installation } = ctx
  if (!installation) throw invalidPayload('x-integration-id', 'this header has to name an integration in the bot')
  if (scheduleRegisterCall) await registrationRepository.schedule(ctx, installation.id, EVERY[scheduleRegisterCall])
  if (identifier === undefined) return
  await setIdentifier(ctx, installation.id, identifier)
}

/** @throws AlreadyExists for an identifier of another installation of the same integration */
export const setIdentifier = async (
  ctx: Pick<BotContext, 'db' | 'clock'>,
  installationId: string,
  identifier: string | null,
): Promise<void> => {
  const given = await unlessTaken(
    ctx.db.transaction(async (tx) => {
      const updatedAt = ctx.clock.now()
      await tx.installation.updateMany({ where: { id: installationId }, data: { identifier, updatedAt } })
      if (identifier === null) return true
      await tx.installation.updateMany({
        where: { id: installationId, status: 'registration_pending', statusReason: WAITS_FOR_IDENTIFIER },
        data: { statusReason: null, callId: newUuid(), callUntil: new Date() },
      })
      return true
    }),
  )
  if (!given) throw alreadyExists(`Another installation of this integration has the identifier "${identifier}"`)
}
