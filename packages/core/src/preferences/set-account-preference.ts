import { accountIdOf } from '../accounts/index.ts'
import type { CallerContext } from '../context.ts'
import { notFound } from '../errors.ts'
import { accountPreferenceRepository } from './preference.repository.ts'

/** Remembers any JSON for the caller under a name; without a value, forgets it. @throws Forbidden for a caller who is no account */
export const setAccountPreference = async (
  ctx: CallerContext,
  key: string,
  { value }: { value?: unknown },
): Promise<void> => {
  const accountId = accountIdOf(ctx.caller)
  if (value === undefined) await accountPreferenceRepository.unset(ctx, { accountId, key })
  else if (!(await accountPreferenceRepository.set(ctx, { accountId, key }, value)))
    throw notFound('account', accountId)
}
