import type { CallerContext } from '../context.ts'
import { forbidden } from '../errors.ts'

/** @throws Forbidden for a bot or an integration */
export const accountIdOf = (caller: CallerContext['caller']): string => {
  if (caller.kind !== 'account') throw forbidden('Only an account may do this, with a personal access token.')
  return caller.accountId
}
