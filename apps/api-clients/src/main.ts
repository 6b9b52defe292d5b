import { readCommand } from './command.ts'
import { readEnv } from './env.ts'
import { run } from './run.ts'
import { serverAt } from './server.ts'

// Issues, lists and revokes API clients, as whoever's token it is: over HTTP, so that it is the same for every shape.
try {
  const command = readCommand(process.argv.slice(2))
  for (const line of await run(command, serverAt(await readEnv()))) console.log(line)
} catch (error) {
  console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
  process.exitCode = 1
}
