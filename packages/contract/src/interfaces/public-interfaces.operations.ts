import { PathId } from '../common/ids.ts'
import { NameAndVersion } from '../integrations/index.ts'
import { defineOperations } from '../operation.ts'
import { InterfaceAnswer, InterfaceListQuery, InterfacePage } from './interfaces.operations.ts'

/** The hub: what the workspaces of this server show to each other. */
export const publicInterfacesOperations = defineOperations({
  listPublicInterfaces: {
    method: 'GET',
    path: '/v1/admin/hub/interfaces',
    summary: 'List the public interfaces of all workspaces',
    tenant: 'account',
    access: { callers: ['account'] },
    query: InterfaceListQuery,
    status: 200,
    response: InterfacePage,
  },
  getPublicInterfaceById: {
    method: 'GET',
    path: '/v1/admin/hub/interfaces/:id',
    summary: 'Read one version of a public interface by its id',
    tenant: 'account',
    access: { callers: ['account'] },
    params: PathId,
    status: 200,
    response: InterfaceAnswer,
  },
  getPublicInterface: {
    method: 'GET',
    path: '/v1/admin/hub/interfaces/:name/:version',
    summary: 'Read the best matching public version of an interface by its name',
    tenant: 'account',
    access: { callers: ['account'] },
    params: NameAndVersion,
    status: 200,
    response: InterfaceAnswer,
  },
})
