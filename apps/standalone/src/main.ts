import { readEnv } from './env.ts'
import { start } from './start.ts'

/** One sentence for what the operator can put right, the whole stack for what only we can. */
const giveUp = (error: unknown): never => {
  console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
  process.exit(1)
}

try {
  const running = await start(readEnv(), giveUp)
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => void running.close().then(() => process.exit(0), giveUp))
  console.log(running.banner)
} catch (error) {
  giveUp(error)
}
