import { z } from 'zod'
import { PathId } from '../common/ids.ts'
import { PageMeta, PageQuery } from '../common/page.ts'
import { DEPLOYMENT_LIMIT_BYTES } from '../definitions/index.ts'
import { NameAndVersion } from '../integrations/index.ts'
import { defineOperations } from '../operation.ts'
import { Interface, InterfaceChanges, InterfaceSummary, NewInterface } from './interface.schema.ts'

export const InterfaceAnswer = z.object({ interface: Interface })
export const InterfacePage = z.object({ interfaces: z.array(InterfaceSummary), meta: PageMeta })

/** Which interfaces a list holds. */
export const InterfaceListQuery = PageQuery.extend({
  name: z.string().optional(),
  version: z.string().optional().describe('`latest`, a version or a range: of each name the best that matches.'),
})
export type InterfaceListQuery = z.output<typeof InterfaceListQuery>

export const interfacesOperations = defineOperations({
  createInterface: {
    method: 'POST',
    path: '/v1/admin/interfaces',
    summary: 'Create a version of an interface',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    body: NewInterface,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    status: 200,
    response: InterfaceAnswer,
  },
  getInterface: {
    method: 'GET',
    path: '/v1/admin/interfaces/:id',
    summary: 'Read one version of an interface by its id',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: PathId,
    status: 200,
    response: InterfaceAnswer,
  },
  getInterfaceByName: {
    method: 'GET',
    path: '/v1/admin/interfaces/:name/:version',
    summary: 'Read the best matching version of an interface by its name',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    params: NameAndVersion,
    status: 200,
    response: InterfaceAnswer,
  },
  listInterfaces: {
    method: 'GET',
    path: '/v1/admin/interfaces',
    summary: 'List the interfaces of the workspace',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    query: InterfaceListQuery,
    status: 200,
    response: InterfacePage,
  },
  updateInterface: {
    method: 'PUT',
    path: '/v1/admin/interfaces/:id',
    summary: 'Change a version of an interface',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    body: InterfaceChanges,
    bodyLimitBytes: DEPLOYMENT_LIMIT_BYTES,
    status: 200,
    response: InterfaceAnswer,
  },
  deleteInterface: {
    method: 'DELETE',
    path: '/v1/admin/interfaces/:id',
    summary: 'Delete a version of an interface',
    tenant: 'workspace',
    access: { callers: ['account:developer'] },
    params: PathId,
    status: 200,
    response: z.object({}),
  },
})
