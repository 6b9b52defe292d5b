import type { Ping } from '@understudy/contract'
import { toTheVersion } from '../callees/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { ping } from './ping.ts'

/** Whether a version of an integration can be called from here, and why not. @throws ResourceNotFound */
export const pingIntegration = async (ctx: WorkspaceContext, id: string): Promise<Ping> => {
  const addressed = await toTheVersion(ctx, id, 'ping')
  if (addressed === undefined) throw notFound('integration', id)
  return ping(ctx, 'The integration', addressed)
}
