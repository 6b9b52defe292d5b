import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { SDK_VERSIONS } from './sdk-program.ts'

const CLIENTS = fileURLToPath(new URL('../clients', import.meta.url))

const BUNDLE_MAX_BYTES = 32 * 1024 * 1024

/** The code that the author of one of the programs in `clients/` deploys: one file of CommonJS, as the official tool makes it. */
export const bundle = async (program: 'deployed-echo-bot', version: (typeof SDK_VERSIONS)[number]): Promise<string> => {
  const { stdout } = await promisify(execFile)(
    // Its install script may put a program of the machine in the place of the one for Node.
    `${CLIENTS}/node_modules/.bin/esbuild`,
    [
      `${program}.cjs`,
      `--alias:sdk=sdk-${version}`,
      '--bundle',
      '--platform=node',
      '--format=cjs',
      '--minify',
      '--log-level=error',
    ],
    { cwd: CLIENTS, maxBuffer: BUNDLE_MAX_BYTES },
  )
  return stdout
}
