import type { Credential, IssuedCredential } from '@understudy/contract'
import type { Prisma } from '@understudy/db'
import { unlessOwnerGone } from '../constraints.ts'
import type { PlatformContext } from '../context.ts'
import { newId, newToken } from '../ids.ts'

/** Whose token it is: exactly one of the three. */
export type TokenOwner = { accountId: string } | { botId: string } | { integrationFamilyId: string }

type Row = { id: string; note: string; createdAt: Date }

const toCredential = ({ id, note, createdAt }: Row): Credential => ({ id, note, createdAt: createdAt.toISOString() })

/** Rows of `tokens`: what is shown once is stored as a keyed hash. */
export const tokenRepository = {
  list: async ({ db }: PlatformContext, owner: TokenOwner): Promise<Credential[]> => {
    const rows = await db.prisma.token.findMany({ where: owner, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] })
    return rows.map(toCredential)
  },
  /** @returns undefined when the owner has just been deleted */
  issue: async (
    { db, clock, secrets }: PlatformContext,
    kind: 'pat' | 'bak' | 'iak',
    owner: TokenOwner,
    note: string,
  ): Promise<IssuedCredential | undefined> => {
    const value = newToken(kind)
    const [hash] = secrets.hashesOf(value) as [Buffer<ArrayBuffer>]
    const data = { id: newId(kind), hash, note, createdAt: clock.now(), ...owner }
    const row = await unlessOwnerGone(db.prisma.token.create({ data }))
    return row && { ...toCredential(row), value }
  },
  /** @returns whether it was there, and of such an owner */
  revoke: async ({ db }: PlatformContext, id: string, owner: Prisma.TokenWhereInput): Promise<boolean> =>
    (await db.prisma.token.deleteMany({ where: { id, ...owner } })).count > 0,
}
