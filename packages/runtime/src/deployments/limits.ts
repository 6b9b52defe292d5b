const MB = 1024 * 1024

/** What one process of deployed code may take, and all of them together. */
export type DeploymentLimits = {
  /** what V8 may use for objects */
  heapMb: number
  /** all memory of a process: heap, buffers and what Node needs for itself */
  memoryBytes: number
  /** processes at the same time, idle ones included; further code waits until one of them is idle */
  processes: number
  /** how long a process without calls is kept */
  idleMs: number
  /** how long loading the code may take */
  startMs: number
  /** how long a call may wait for that, and for a place, before its own time begins */
  waitMs: number
  /** how long a call may take after one has taken too long, before the process counts as stuck */
  probeMs: number
  /** after code could not be started it is not tried again for so long */
  pauseMs: number
  /** what is kept of its output per minute */
  logBytesPerMinute: number
  /** who writes more per minute is ended */
  floodBytesPerMinute: number
}

export const DEPLOYMENT_LIMITS: DeploymentLimits = {
  heapMb: 256,
  memoryBytes: 512 * MB,
  processes: 32,
  idleMs: 5 * 60_000,
  startMs: 30_000,
  waitMs: 45_000,
  probeMs: 5_000,
  pauseMs: 1_000,
  logBytesPerMinute: MB / 4,
  floodBytesPerMinute: 64 * MB,
}
