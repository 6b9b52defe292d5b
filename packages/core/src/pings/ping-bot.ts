import type { Ping } from '@understudy/contract'
import { reachBot } from '../accounts/index.ts'
import { findCallees, toTheBot } from '../callees/index.ts'
import type { WorkspaceContext } from '../context.ts'
import { ping } from './ping.ts'

/** Whether a bot can be called from here, and why not. @throws ResourceNotFound */
export const pingBot = async (ctx: WorkspaceContext, id: string): Promise<Ping> => {
  await reachBot(ctx, id)
  const callees = await findCallees(ctx, id)
  return ping(ctx, 'The bot', callees && toTheBot(callees, 'ping'))
}
