import type { WorkspaceContext } from '../context.ts'
import { workspacePreferenceRepository } from './preference.repository.ts'

/** What is remembered for the workspace under a name: any JSON; no value when nothing is. */
export const getWorkspacePreference = async (ctx: WorkspaceContext, key: string): Promise<{ value?: unknown }> => {
  const row = await workspacePreferenceRepository.find(ctx, key)
  return row ? { value: row.value } : {}
}
