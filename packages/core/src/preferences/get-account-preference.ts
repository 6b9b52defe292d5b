import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { accountPreferenceRepository } from './preference.repository.ts'

/** What is remembered for the caller under a name: any JSON; no value when nothing is. @throws Forbidden for a caller who is no account */
export const getAccountPreference = async (ctx: CallerContext, key: string): Promise<{ value?: unknown }> => {
  const row = await accountPreferenceRepository.find(ctx, accountIdOf(ctx.caller), key)
  return row ? { value: row.value } : {}
}
