import { Prisma } from '@understudy/db'

const NO_OWNER = 'P2003'
const TAKEN = 'P2002'

const unless =
  (code: string) =>
  <T>(write: Promise<T>): Promise<T | undefined> =>
    write.catch((error: unknown) => {
      if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === code) return undefined
      throw error
    })

/** What a write through Prisma answers; undefined when what it was to belong to has just been deleted. */
export const unlessOwnerGone = unless(NO_OWNER)

/** What a write through Prisma answers; undefined when something else has what has to be unique. */
export const unlessTaken = unless(TAKEN)
