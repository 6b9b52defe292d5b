import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { OperatorError } from '@understudy/core'
import type { Command } from 'commander'
import { commandEnv } from '../env.ts'
import type { ThrowAway } from '../throw-away/throw-away.ts'

type Options = { testClock?: boolean; limits?: string; logLevel?: string }

/** `understudy exec`: a server for one command. */
export const addExec = (program: Command): void => {
  program
    .command('exec')
    .description('run a command beside a throw-away server, with BP_API_URL, BP_TOKEN, BP_BOT_ID, … set for it')
    .argument('<command>', 'what to run, behind `--`')
    .argument('[args...]')
    .option('--test-clock', 'let the command set the time of bots (UNDERSTUDY_TEST_CLOCK)')
    .option('--limits <which>', 'generous or strict (UNDERSTUDY_LIMITS)')
    .option('--log-level <level>', 'what the server says on stderr', 'error')
    .passThroughOptions()
    .addHelpText('after', '\nExample:\n  understudy exec -- npm test')
    .action(async (command: string, args: string[], options: Options) => {
      process.exitCode = await exec(command, args, {
        UNDERSTUDY_LIMITS: options.limits,
        LOG_LEVEL: options.logLevel,
        UNDERSTUDY_TEST_CLOCK: options.testClock ? 'on' : undefined,
      })
      // Whatever a library still holds open: the server is closed.
      process.exit()
    })
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const

const codeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal]

/** @returns the exit code: the command's own, 128 and the number of the signal that ended it @throws OperatorError when it cannot be run */
const exec = async (command: string, args: string[], settings: Record<string, string | undefined>): Promise<number> => {
  let stopped: NodeJS.Signals | undefined
  let pass = (signal: NodeJS.Signals): void => void (stopped ??= signal)
  for (const signal of SIGNALS) process.on(signal, () => pass(signal))

  let lost: Error | undefined
  const { startThrowAway } = await import('../throw-away/throw-away.ts')
  const server = await startThrowAway(settings, (error) => {
    lost = error
    pass('SIGTERM')
  })
  let code: number
  try {
    code = stopped
      ? codeOf(stopped)
      : await run(server, command, args, (passOn) => {
          pass = passOn
        })
  } finally {
    await server.close()
  }
  if (lost) throw lost
  return code
}

const run = (
  server: ThrowAway,
  command: string,
  args: string[],
  onSignal: (pass: (signal: NodeJS.Signals) => void) => void,
): Promise<number> =>
  new Promise((resolve, reject) => {
    // A terminal belongs to one group of processes, ours, and tells all of it of Ctrl-C. Elsewhere a group of its own lets
    // whatever the command starts be told, and ended, with it.
    const hasTerminal = process.stdin.isTTY
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: commandEnv(server.credentials),
      detached: !hasTerminal,
    })
    const { pid } = child
    child.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'there is no such command' : error.message
      reject(new OperatorError(`"${command}" cannot be run: ${why}.`))
    })
    if (pid === undefined) return
    const target = hasTerminal ? pid : -pid
    server.endsWithUs(target)
    onSignal((signal) => {
      if (hasTerminal && (signal === 'SIGINT' || signal === 'SIGQUIT')) return
      try {
        process.kill(target, signal)
      } catch {
        // It has just ended.
      }
    })
    child.once('exit', (code, signal) => {
      server.endsWithUs(undefined)
      onSignal(() => {})
      resolve(code ?? codeOf(signal ?? 'SIGKILL'))
    })
  })
