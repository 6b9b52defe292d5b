/** What was opened, to be closed in reverse order. */
export type Closing = {
  add: (close: () => Promise<unknown> | void) => void
  /** Harmless when called again. */
  close: () => Promise<void>
}

export const closing = (): Closing => {
  const opened: (() => Promise<unknown> | void)[] = []
  let ending: Promise<void> | undefined
  const end = async (): Promise<void> => {
    for (let last = opened.pop(); last; last = opened.pop()) await last()
  }
  return {
    add: (close) => void opened.push(close),
    close: () => {
      ending ??= end()
      return ending
    },
  }
}
