import { type ChildProcess, spawn } from 'node:child_process'

// A process notices by itself that its server is gone, unless its code is in an endless loop at that moment. A shell waits for
// the same end of a pipe; it knows who lives from lines `+ <pid>` and `- <pid>`.
const SCRIPT = `live=" "
while read -r op pid; do
  case $op in
    +) live="$live$pid " ;;
    -) live="\${live%%" $pid "*} \${live#*" $pid "}" ;;
  esac
done
for pid in $live; do kill -KILL "$pid" 2> /dev/null; done`

export type OrphanGuard = {
  add: (pid: number) => void
  remove: (pid: number) => void
  close: () => void
}

/** Sees to it that processes do not outlive this one, however it ends. */
export const guardOrphans = (): OrphanGuard => {
  let guard: ChildProcess | undefined
  const tell = (line: string): void => void guard?.stdin?.write(`${line}\n`)
  const start = (): void => {
    if (process.platform === 'win32' || guard) return
    // In a group of its own: a terminal's Ctrl-C is for the server, which closes in an orderly way.
    guard = spawn('/bin/sh', ['-c', SCRIPT], { env: {}, cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
    // Without it, processes still notice by themselves.
    guard.on('error', () => {})
    guard.stdin?.on('error', () => {})
    guard.unref()
  }
  return {
    add: (pid) => {
      start()
      tell(`+ ${pid}`)
    },
    remove: (pid) => tell(`- ${pid}`),
    close: () => {
      guard?.stdin?.end()
      guard = undefined
    },
  }
}
