/** What is still under way then is left as it is, which nothing acknowledged depends on. Supervisors often wait no longer than 30 s. */
const DEADLINE_MS = 25_000

/**
 * Runs a server until it is told to stop. What the operator can put right is one sentence and exit code 1, anything else
 * its whole stack; on SIGINT and SIGTERM what is under way is finished first, as far as that ends in time.
 * @param start gets what to call when the process cannot go on
 */
export const runProcess = async (
  start: (giveUp: (error: unknown) => void) => Promise<{ close: () => Promise<void> }>,
  { deadlineMs = DEADLINE_MS }: { deadlineMs?: number } = {},
): Promise<void> => {
  const giveUp = (error: unknown): never => {
    console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
    process.exit(1)
  }
  const leave = (): never => {
    console.error(`Not everything has ended after ${deadlineMs / 1000} s: it is left as it is.`)
    process.exit(0)
  }
  try {
    const running = await start(giveUp)
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => {
        setTimeout(leave, deadlineMs)
        void running.close().then(() => process.exit(0), giveUp)
      })
  } catch (error) {
    giveUp(error)
  }
}
