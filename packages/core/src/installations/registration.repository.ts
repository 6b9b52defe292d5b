import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'
import { newUuid } from '../ids.ts'

/** A call that is owed to an installation, for one change of it. */
export type OwedCall = { installationId: string; callId: string; operation: 'register' | 'unregister' }

/** A call whose caller has fallen silent, or whose time has come. */
export type ClaimedCall = OwedCall & { botId: string }

// Where the installation has changed again, another call is owed, or none.
const SETTLE: Statement = {
  name: 'installations.settle-call',
  text: `
    update installations set status = $3, status_reason = $4, call_until = null, updated_at = $5
    where id = $1 and call_id = $2 and call_until is not null`,
}

// First a look: every update, also of nothing, empties the memory of all api processes.
const ANY: Statement = {
  name: 'installations.any-owed',
  text: `
    select exists (select from installations where call_until <= $1)
      or exists (select from installations where register_due_at <= $2 and enabled and status <> 'registration_pending') as any`,
}

const DUE: Statement = {
  name: 'installations.register-due',
  text: `
    update installations set register_due_at = $1::timestamptz + register_every::interval, status = 'registration_pending',
      status_reason = null, call_id = $2, call_until = $3
    where register_due_at <= $1 and enabled and status <> 'registration_pending'`,
}

const SCHEDULE: Statement = {
  name: 'installations.schedule',
  text: `
    update installations set register_every = $2::text, register_due_at = $3::timestamptz + $2::text::interval where id = $1`,
}

const CLAIM: Statement = {
  name: 'installations.claim-owed',
  text: `
    with owed as (select id from installations where call_until <= $1 order by call_until limit $2 for update skip locked)
    update installations i set call_id = $3, call_until = $4 from owed where i.id = owed.id
    returning i.id, i.bot_id, i.status`,
}

/** Who calls has this long, with what writing it down takes; afterwards it counts as gone. */
const CALL_LEASE_MS = 60_000

/** Until when the call of somebody who begins now counts as being made: this is about processes, so about the wall clock. */
export const callUntil = (): Date => new Date(Date.now() + CALL_LEASE_MS)

/** The calls that are owed to installations. */
export const registrationRepository = {
  settle: (
    { db, clock }: PlatformContext,
    { installationId, callId }: OwedCall,
    status: string,
    reason: string | null,
  ) => db.rows(SETTLE, [installationId, callId, status, reason, clock.now()]),
  isAnyOwed: async ({ db, clock }: PlatformContext): Promise<boolean> =>
    (await db.one<{ any: boolean }>(ANY, [new Date(), clock.now()])).any,
  /** Owes a call to those that asked to be called from time to time, if it is time. */
  owe: ({ db, clock }: PlatformContext) => db.rows(DUE, [clock.now(), newUuid(), new Date()]),
  /** Has `register` called again and again from now on. @param every an interval of PostgreSQL */
  schedule: ({ db, clock }: PlatformContext, installationId: string, every: string) =>
    db.rows(SCHEDULE, [installationId, every, clock.now()]),
  /** Takes up calls that nobody makes, at most so many. */
  claim: async ({ db }: PlatformContext, limit: number): Promise<ClaimedCall[]> => {
    const callId = newUuid()
    type Row = { id: string; bot_id: string; status: string }
    const rows = await db.rows<Row>(CLAIM, [new Date(), limit, callId, callUntil()])
    return rows.map(({ id, bot_id: botId, status }) => ({
      installationId: id,
      callId,
      botId,
      operation: status === 'unregistration_pending' ? 'unregister' : 'register',
    }))
  },
}
