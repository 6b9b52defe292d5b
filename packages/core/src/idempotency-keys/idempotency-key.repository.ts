import type { Statement } from '@understudy/db'
import type { PlatformContext } from '../context.ts'

/** Where a key counts: the same text elsewhere is another key. */
export type KeyPlace = { tenantId: string; caller: string; key: string }

/** What was answered, and to what. */
export type KeptAnswer = { fingerprint: Buffer; sealedAnswer: Buffer }

const CLAIM: Statement = {
  name: 'idempotency-keys.claim',
  text: `
    select taken, fingerprint, sealed_answer as "sealedAnswer"
    from claim_idempotency_key($1, $2, $3, $4)`,
}

// What is in the way has expired, and was not swept yet.
const KEEP: Statement = {
  name: 'idempotency-keys.keep',
  text: `
    insert into idempotency_keys (tenant_id, caller, key, fingerprint, sealed_answer, expires_at) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, caller, key) do update set
      fingerprint = excluded.fingerprint, sealed_answer = excluded.sealed_answer, expires_at = excluded.expires_at`,
}

const SWEEP: Statement = { name: 'idempotency-keys.sweep', text: 'delete from idempotency_keys where expires_at <= $1' }

const at = ({ tenantId, caller, key }: KeyPlace) => [tenantId, caller, key]

/** Rows of `idempotency_keys`, nothing else. */
export const idempotencyKeyRepository = {
  /** Takes the key until the transaction ends, unless another one holds it, and says what was answered under it. */
  claim: async ({ db, clock }: PlatformContext, place: KeyPlace) => {
    type Row = { taken: boolean } & (KeptAnswer | { fingerprint: null })
    const { taken, ...kept } = await db.one<Row>(CLAIM, [...at(place), clock.now()])
    return { taken, kept: kept.fingerprint ? kept : undefined }
  },
  keep: async ({ db }: PlatformContext, place: KeyPlace, kept: KeptAnswer & { expiresAt: Date }): Promise<void> =>
    void (await db.rows(KEEP, [...at(place), kept.fingerprint, kept.sealedAnswer, kept.expiresAt])),
  sweep: async ({ db, clock }: PlatformContext): Promise<void> => void (await db.rows(SWEEP, [clock.now()])),
}
