import { fileURLToPath } from 'node:url'
import type { DeploymentLimits } from './limits.ts'

/** The program of such a process. */
const HOST = fileURLToPath(new URL('../../host/host.cjs', import.meta.url))

const PERMISSION = process.allowedNodeEnvironmentFlags.has('--permission')
  ? '--permission'
  : '--experimental-permission'

/** Where Node knows a permission for the network, code needs it. */
const NETWORK = process.allowedNodeEnvironmentFlags.has('--allow-net') ? ['--allow-net'] : []

/**
 * How Node is started for deployed code: it may read the program that loads it and no other file, write none, and start
 * neither processes nor threads nor native code.
 */
export const nodeFlags = ({ heapMb }: Pick<DeploymentLimits, 'heapMb'>): string[] => [
  PERMISSION,
  ...NETWORK,
  `--allow-fs-read=${HOST}`,
  // Says of the permissions themselves that they are experimental.
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
  `--max-old-space-size=${heapMb}`,
  HOST,
]
