import type { WorkspaceContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { workspacePreferenceRepository } from './preference.repository.ts'

/** Remembers any JSON for the workspace under a name; without a value, forgets it. @throws ResourceNotFound */
export const setWorkspacePreference = async (
  ctx: WorkspaceContext,
  key: string,
  { value }: { value?: unknown },
): Promise<void> => {
  if (value === undefined) await workspacePreferenceRepository.unset(ctx, key)
  else if (!(await workspacePreferenceRepository.set(ctx, key, value))) throw notFound('workspace', ctx.workspaceId)
}
