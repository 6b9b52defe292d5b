/** Under which names statements are planned on the connections of a pool. */
export type PlanNames = {
  of: (statement: string) => string
  /** The plans of this name are of no use any more: from now on the statement has another one. */
  giveUp: (statement: string, name: string) => void
}

export const planNames = (): PlanNames => {
  const renewed = new Map<string, number>()
  const of = (statement: string): string => {
    const times = renewed.get(statement)
    return times === undefined ? statement : `${statement}~${times}`
  }
  return {
    of,
    giveUp: (statement, name) => {
      // Somebody else may have found out first.
      if (of(statement) === name) renewed.set(statement, (renewed.get(statement) ?? 0) + 1)
    },
  }
}

/**
 * Whether a statement was refused, before it did anything, because it answers other columns than when it was planned: a
 * migration gave a table another column while this process runs.
 */
export const isStale = (error: unknown): boolean =>
  (error as { routine?: string } | null)?.routine === 'RevalidateCachedQuery'
