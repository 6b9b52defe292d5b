import { type Deployments, openDeployments } from '@understudy/runtime'
import type { PlatformContext } from '../context.ts'
import { keepLines } from './keep-lines.ts'
import { type Programs, programOf } from './program-of.ts'

/** Runs deployed code in this process's children. @param onError told when its lines could not be written */
export const runDeployments = (
  programs: Programs & Pick<PlatformContext, 'clock'>,
  onError: (error: unknown) => void,
): Deployments => {
  const lines = keepLines(programs, onError)
  const deployments = openDeployments({ load: (deployment) => programOf(programs, deployment), said: lines.said })
  return {
    call: deployments.call,
    processes: deployments.processes,
    open: deployments.open,
    close: async () => {
      await deployments.close()
      await lines.close()
    },
  }
}
