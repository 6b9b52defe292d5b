import { Prisma } from '@understudy/db'

const NO_OWNER = 'P2003'

/** Whether what was to be issued could not be, because its owner was deleted at that moment. */
export const isOwnerGone = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === NO_OWNER
