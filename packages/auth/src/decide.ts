import { type Access, type Caller, ROLES, type Role } from '@understudy/contract'
import type { Principal } from './principal.ts'

const rank = (role: Role): number => ROLES.indexOf(role)

const NAMES = { bot: 'A bot key', integration: 'An integration key', emulator: 'The key of an emulator' } as const

/**
 * Whether an operation's access lets this principal in.
 * @param role the account's role in the workspace concerned; undefined where no workspace is involved or it is no member
 * @returns undefined when it may, else the reason in one sentence
 */
export const refusalOf = (access: Access, principal: Principal, role?: Role): string | undefined => {
  if ('public' in access) return undefined
  const callers: readonly Caller[] = access.callers
  if (principal.kind !== 'account')
    return callers.includes(principal.kind) ? undefined : `${NAMES[principal.kind]} may not do this.`
  if (callers.includes('account')) return undefined
  const least = callers.flatMap((caller) => (caller.startsWith('account:') ? [caller.slice(8) as Role] : []))[0]
  if (!least) return 'A personal access token may not do this.'
  if (role && rank(role) >= rank(least)) return undefined
  return `This needs the role ${least} or more in the workspace; yours is ${role ?? 'none'}.`
}
