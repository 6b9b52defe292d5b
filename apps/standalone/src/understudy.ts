import { Command, CommanderError } from 'commander'
import { addChat } from './commands/chat.ts'
import { addExec } from './commands/exec.ts'
import { addKeys } from './commands/keys.ts'
import { addReset } from './commands/reset.ts'
import { addStart } from './commands/start.ts'

const program = new Command('understudy')
  .description('A self-hostable server that speaks the Botpress Cloud API')
  // What stands after the command of `exec` is its own.
  .enablePositionalOptions()
  .exitOverride()
for (const add of [addStart, addExec, addReset, addKeys, addChat]) add(program)

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CommanderError))
    console.error(error instanceof Error && error.name === 'OperatorError' ? error.message : error)
  // Something may be open still, such as the stream of a chat.
  process.exit(error instanceof CommanderError ? error.exitCode : 1)
}
