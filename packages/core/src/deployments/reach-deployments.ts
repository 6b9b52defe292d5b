import { type Deployments, remoteDeployments } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'
import { runtimeKey } from './runtime-key.ts'

/** The deployed code that another process runs. @param url RUNTIME_URL */
export const reachDeployments = (platform: Pick<PlatformContext, 'secrets'>, url: string): Deployments =>
  remoteDeployments({ url, key: () => runtimeKey(platform) })
