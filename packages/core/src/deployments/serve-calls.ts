import { type Page, serveDeployments } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'
import { OperatorError } from '../settings/index.ts'
import { isRuntimeKey } from './runtime-key.ts'

export type ServeCalls = {
  host: string
  port: number
  /** what else is answered there, by its path */
  pages: Readonly<Record<string, () => Promise<Page>>>
  onError: (error: unknown) => void
}

/**
 * Lets other processes call the code that runs here.
 * @throws OperatorError when nothing can listen there
 */
export const serveCalls = async (
  platform: PlatformContext,
  { host, port, pages, onError }: ServeCalls,
): Promise<{ close: () => Promise<void> }> => {
  const { deployments } = platform
  if (!deployments) throw new Error('No code runs in this process.')
  const isKey = (key: string): boolean => isRuntimeKey(platform, key)
  return serveDeployments({ deployments, host, port, isKey, pages, onError }).catch((error: unknown) => {
    throw new OperatorError(`Nothing can listen on RUNTIME_PORT ${port} (${(error as Error).message}).`)
  })
}
