import type { NewIntegration } from '@understudy/contract'
import type { WorkspaceContext } from '../context.ts'
import { checkCreation, checkPlace } from './check-creation.ts'

/** Whether a version could be created now: nothing is. @throws what createIntegration throws */
export const validateIntegrationCreation = async (ctx: WorkspaceContext, input: NewIntegration): Promise<void> => {
  const checked = await checkCreation(ctx, input)
  await checkPlace(ctx, ctx.db.prisma, input, checked)
}
