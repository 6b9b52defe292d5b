// npm puts a shell between itself and the server, and that shell passes no signal on: whoever stops npm would leave the
// server behind, with its port and its data.
import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 100

/** Run by npm, the server is told to stop as soon as npm, or the shell, is no longer above it. */
export const endWithNpm = () => {
  if (process.env.npm_lifecycle_event === undefined) return
  const before = above()
  const watch = setInterval(() => {
    if (above() === before) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, LOOK_EVERY_MS)
  watch.unref()
}

const above = () => `${process.ppid} ${parentOfShell(process.ppid)}`

/**
 * Some shells make way for what they run; npm is above us then, and who is above npm is none of our business. Only Linux
 * tells: elsewhere a killed npm, unlike a stopped one, goes unnoticed.
 */
const parentOfShell = (pid) => {
  try {
    const [, name, parent] =
      /^Name:\s*(.*)$[^]*^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return name?.endsWith('sh') ? parent : undefined
  } catch {
    return undefined
  }
}
