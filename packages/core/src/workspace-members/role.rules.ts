import type { Role } from '@understudy/contract'
import { forbidden } from '../errors.ts'

/**
 * Administrators are the least who give roles, so this is the only one that would be more than theirs.
 * @throws Forbidden for the owner's
 */
export const checkRoleToGive = (role: Role | undefined): void => {
  if (role === 'owner') throw forbidden('A workspace has one owner, who made it: the role cannot be given.')
}

/** @throws Forbidden for the owner */
export const checkNotOwner = ({ role }: { role: string }): void => {
  if (role === 'owner') throw forbidden('The owner of a workspace can neither be removed nor given another role.')
}
