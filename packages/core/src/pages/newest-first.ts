import type { Position } from './position.ts'

/** For Prisma: a list by creation, newest first, by the columns its positions are made of. */
export const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Record<string, 'asc' | 'desc'>[]

/** The position of a row in such a list. */
export const positionByCreation = ({ createdAt, id }: { createdAt: Date; id: string }): Position => ({
  value: createdAt.toISOString(),
  seq: id,
})

/** For Prisma: what comes after a position in such a list; everything without one. */
export const beyond = (after: Position | undefined) => {
  if (!after) return {}
  const createdAt = new Date(after.value)
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: after.seq } }] }
}
