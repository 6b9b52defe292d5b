/** How an attempt at a delivery ended. */
export type Ended = { target: 'bot' | 'integration'; outcome: string; seconds: number | undefined }

/** What a process counts of its own work, and knows of the whole server, for Prometheus. */
export type Metrics = {
  /** A request was answered. @param operation one of a limited number: never a path with ids in it */
  answered: (operation: string, status: number, seconds: number) => void
  /** An attempt at a delivery has ended. Without seconds, nobody was called. */
  delivered: (ended: Ended) => void
  /** Everything, as Prometheus reads it. */
  text: () => Promise<string>
}
