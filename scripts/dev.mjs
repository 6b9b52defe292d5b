// `pnpm dev`: the one-process server, rebuilt and restarted on every change.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { bootstrap, root } from './bootstrap.mjs'

bootstrap()
const turbo = join(root, 'node_modules/.bin/turbo')
const main = join(root, 'apps/standalone/dist/main.js')
const children = [
  spawn(turbo, ['watch', 'build', '--output-logs=errors-only'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }),
  spawn(process.execPath, ['--watch', '--watch-preserve-output', main], {
    cwd: root,
    stdio: 'inherit',
  }),
]
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => children.forEach((child) => child.kill(signal)))
