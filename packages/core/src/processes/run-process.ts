/**
 * Runs a server until it is told to stop. What the operator can put right is one sentence and exit code 1, anything else
 * its whole stack; on SIGINT and SIGTERM what is under way is finished first.
 * @param start gets what to call when the process cannot go on
 */
export const runProcess = async (
  start: (giveUp: (error: unknown) => void) => Promise<{ close: () => Promise<void> }>,
): Promise<void> => {
  const giveUp = (error: unknown): never => {
    console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
    process.exit(1)
  }
  try {
    const running = await start(giveUp)
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.on(signal, () => void running.close().then(() => process.exit(0), giveUp))
  } catch (error) {
    giveUp(error)
  }
}
