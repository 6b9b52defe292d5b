import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { onTestFinished } from 'vitest'
import { env } from './env.ts'

const UNDERSTUDY = new URL('../../dist/understudy.js', import.meta.url).pathname

type Variables = Record<string, string>

type Way = {
  variables?: Variables
  /** all that stands in the pipe */
  input?: string
  /** the pipe stays open */
  isOpen?: boolean
}

/** Types a command as an operator does, with these variables and no others. */
export const typed = (args: string[], { variables = {}, input = '', isOpen = false }: Way = {}) => {
  const child = spawn(process.execPath, [UNDERSTUDY, ...args], {
    cwd: tmpdir(),
    env: { PATH: env.path, ...variables },
    stdio: 'pipe',
  })
  if (!isOpen) child.stdin.end(input)
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (data: Buffer) => (said.stdout += data.toString()))
  child.stderr.on('data', (data: Buffer) => (said.stderr += data.toString()))
  const gone = once(child, 'close').then(([code]) => code as number | null)
  onTestFinished(async () => {
    child.kill('SIGTERM')
    await gone
  })
  return { child, said, gone }
}

/** What a command says that has to go well. @throws with what it complains about */
export const said = async (args: string[], options?: Way): Promise<string> => {
  const command = typed(args, options)
  const code = await command.gone
  if (code !== 0) throw new Error(`It ended with code ${code}: ${command.said.stderr}`)
  return command.said.stdout
}

/** The only line that a command says that has to fail with code 1. @throws when it does not, or says more */
export const complaint = async (args: string[], options?: Way): Promise<string> => {
  const command = typed(args, options)
  const code = await command.gone
  const lines = command.said.stderr.trim().split('\n')
  if (code !== 1 || lines.length !== 1 || command.said.stdout !== '')
    throw new Error(`It ended with code ${code}: ${command.said.stdout}${command.said.stderr}`)
  return lines[0] ?? ''
}
