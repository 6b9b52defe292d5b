import { delimiter, join } from 'node:path'
import { env } from './env.ts'
import { isExecutable } from './is-executable.ts'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

/** Where Chromium is; undefined where there is none. @throws in CI, where no test may be left out */
export const chromiumPath = (): string | undefined => {
  const found = env.path
    .split(delimiter)
    .flatMap((directory) => NAMES.map((name) => join(directory, name)))
    .find(isExecutable)
  if (!found && env.isCi) throw new Error('No Chromium for the tests: install the package chromium.')
  return found
}
