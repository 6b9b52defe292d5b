import type { SigningKeyPair } from '@understudy/auth'
import type { SigningKey } from '@understudy/contract'
import type { PlatformContext } from '../context.ts'
import { oldestRetirement } from './key-age.rules.ts'

/** Rows of `signing_keys`: the private halves are sealed. Times come from the wall clock. */
export const signingKeyRepository = {
  /** The one that signs. */
  findCurrent: async ({ db, secrets }: PlatformContext): Promise<SigningKeyPair | undefined> => {
    const row = await db.prisma.signingKey.findFirst({ where: { retiredAt: null } })
    if (!row) return undefined
    const privateKey = JSON.parse(secrets.open(row.sealedPrivateKey)) as SigningKeyPair['privateKey']
    return { publicKey: row.publicKey as SigningKey, privateKey }
  },
  /** The public halves of all that may have signed a token that is still good, newest first. */
  list: async ({ db }: PlatformContext, now: Date): Promise<SigningKey[]> => {
    const rows = await db.prisma.signingKey.findMany({
      where: { OR: [{ retiredAt: null }, { retiredAt: { gt: oldestRetirement(now) } }] },
      orderBy: [{ createdAt: 'desc' }, { kid: 'desc' }],
    })
    return rows.map(({ publicKey }) => publicKey as SigningKey)
  },
  /** Lets this key sign from now on, retires the one before it, and forgets those that are too old to matter. */
  replaceCurrent: (
    { db, secrets }: PlatformContext,
    { publicKey, privateKey }: SigningKeyPair,
    now: Date,
  ): Promise<void> =>
    db.transaction(async (tx) => {
      await tx.signingKey.updateMany({ where: { retiredAt: null }, data: { retiredAt: now } })
      await tx.signingKey.create({
        data: {
          kid: publicKey.kid,
          publicKey,
          sealedPrivateKey: new Uint8Array(secrets.seal(JSON.stringify(privateKey))),
          createdAt: now,
        },
      })
      await tx.signingKey.deleteMany({ where: { retiredAt: { lte: oldestRetirement(now) } } })
    }),
}
