import { spawn } from 'node:child_process'

/** Who clears up when this process cannot. */
export type Janitor = {
  /** Ends a process, or a group of them, should this process be killed. */
  endsWithUs: (target: number | undefined) => void
  /** There is nothing left to do. */
  dismiss: () => void
}

// Its standard input closes when our process is gone, even after kill -9; until then it is told whom to end. PostgreSQL
// notices the same by itself, and is given time to leave its data.
const WATCH = `
trap "" INT TERM HUP
target=
while read -r line; do target=$line; done
if [ -n "$target" ]; then
  kill -s TERM -- "$target"
  n=0
  while kill -s 0 -- "$target" && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
  kill -s KILL -- "$target"
fi 2>/dev/null
n=0
while [ -e "$1/cluster/data/postmaster.pid" ] && [ $n -lt 300 ]; do sleep 0.1; n=$((n + 1)); done
while [ -d "$1" ] && [ $n -lt 400 ]; do rm -rf -- "$1" 2>/dev/null || sleep 0.1; n=$((n + 1)); done
`

/** Sees to it that a directory goes when this process does, however that ends. */
export const keepClean = (directory: string): Janitor => {
  const child = spawn('/bin/sh', ['-c', WATCH, 'sh', directory], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  child.unref()
  return {
    endsWithUs: (target) => void child.stdin.write(`${target ?? ''}\n`),
    dismiss: () => void child.stdin.end(),
  }
}
