import type { IntegrationChanges } from '@understudy/contract'
import { referenceNotFound } from '../errors.ts'

/** Nobody publishes interfaces here yet. @throws ReferenceNotFound for the first that is to be implemented */
export const checkNoInterfaces = (interfaces: IntegrationChanges['interfaces']): void => {
  for (const [alias, implementation] of Object.entries(interfaces ?? {}))
    if (implementation) throw referenceNotFound(`interfaces.${alias}.id`, implementation.id)
}
