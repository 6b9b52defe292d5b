import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'

/** Often enough that nobody gets far between two looks. */
const LOOK_EVERY_MS = 200
/** Where a process has to be asked for it. */
const ASK_EVERY_MS = 2_000
const PAGE_BYTES = 4096

export type MemoryWatch = {
  /** Calls `exceeded` as soon as the process takes more than it may. @returns what ends that */
  watch: (pid: number, memoryBytes: number, exceeded: () => void) => () => void
}

type Watched = { pid: number; memoryBytes: number; exceeded: () => void }

/** Looks after the memory of processes: that of V8 has a limit of its own, what lies outside of it has none. */
export const watchMemory = (): MemoryWatch => {
  const watched = new Set<Watched>()
  let timer: NodeJS.Timeout | undefined
  const look = async (): Promise<void> => {
    for (const one of watched)
      if ((await residentBytes(one.pid)) > one.memoryBytes && watched.delete(one)) one.exceeded()
  }
  return {
    watch: (pid, memoryBytes, exceeded) => {
      const one = { pid, memoryBytes, exceeded }
      watched.add(one)
      timer ??= setInterval(() => void look(), process.platform === 'linux' ? LOOK_EVERY_MS : ASK_EVERY_MS).unref()
      return () => {
        watched.delete(one)
        if (watched.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
}

const ask = promisify(execFile)

/** What a process has in memory; 0 when there is none, or no way to tell. */
export const residentBytes = async (pid: number): Promise<number> => {
  try {
    if (process.platform === 'linux')
      return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * PAGE_BYTES
    return Number((await ask('ps', ['-o', 'rss=', '-p', String(pid)])).stdout) * 1024
  } catch {
    return 0
  }
}
