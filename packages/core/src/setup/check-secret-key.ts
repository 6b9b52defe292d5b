import type { PlatformContext } from '../context.ts'
import { WrongSecretKey } from '../secrets/index.ts'
import { OperatorError } from '../settings/index.ts'

const FACT = 'canary'

/**
 * Whether SECRET_KEY is the one this database was set up with, before anything is done with a wrong one. The first run
 * leaves a canary for this.
 * @throws OperatorError
 */
export const checkSecretKey = async ({ db, secrets }: PlatformContext): Promise<void> => {
  const value = secrets.seal(FACT).toString('base64')
  // Several processes may start at once on a new database: the first one's canary is everybody's.
  await db.prisma.serverFact.createMany({ data: { name: FACT, value }, skipDuplicates: true })
  const canary = await db.prisma.serverFact.findUniqueOrThrow({ where: { name: FACT } })
  try {
    secrets.open(Buffer.from(canary.value, 'base64'))
  } catch (error) {
    if (!(error instanceof WrongSecretKey)) throw error
    throw new OperatorError(
      'SECRET_KEY is not the one this database was set up with: put that one back, or name both, "new,old".',
    )
  }
}
