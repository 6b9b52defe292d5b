import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { freePort } from '@understudy/testkit'
import { env } from './env.ts'

/** The published SDKs whose bots and integrations run in the tests; installed by `clients/package.json`. */
export const SDK_VERSIONS = ['0.8.34', '7.2.4'] as const

/** A program written with a published SDK, in a process of its own, listening on a port of its own. */
export type SdkProgram = { url: string; lines: string[]; stop: () => Promise<void> }

/**
 * Starts one of the programs in `clients/`, as its author would: the server's URL and a token are in its environment.
 * @returns when it listens; `lines` goes on filling with the JSON it prints: the SDKs print greetings of their own
 */
export const startSdkProgram = async (
  program: 'echo-bot' | 'parrot-integration',
  version: (typeof SDK_VERSIONS)[number],
  { url, token }: { url: string; token: string },
): Promise<SdkProgram> => {
  const port = await freePort()
  const file = fileURLToPath(new URL(`../clients/${program}.cjs`, import.meta.url))
  const child = spawn(process.execPath, [file, `sdk-${version}`, String(port)], {
    env: { PATH: env.path, BP_API_URL: url, BP_TOKEN: token },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const gone = once(child, 'exit')
  const lines: string[] = []
  await new Promise<void>((ready, failed) => {
    createInterface(child.stdout).on('line', (line) =>
      line === 'listening' ? ready() : line.startsWith('{') && lines.push(line),
    )
    child.once('exit', (code) => failed(new Error(`${program} with SDK ${version} ended with code ${code}.`)))
  })
  const stop = async () => {
    child.kill()
    await gone
  }
  return { url: `http://127.0.0.1:${port}`, lines, stop }
}
