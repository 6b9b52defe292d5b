import { z } from 'zod'
import { ERROR_TYPES } from './common/errors.ts'
import { JsonObject } from './definitions/index.ts'
import { type Operation, type Operations, type Tenant, takesIdempotencyKey } from './operation.ts'

type Schema = { readonly [keyword: string]: unknown }

type OpenApiParameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: Schema
  style?: 'deepObject' | 'form'
  explode?: true
}

type Content = { [type: string]: { schema: Schema } }

export type OpenApiOperation = {
  operationId: string
  tags: [string]
  summary: string
  security: Record<string, []>[]
  parameters: OpenApiParameter[]
  requestBody?: { required: boolean; content: Content }
  responses: Record<string, { description: string; content: Content }>
}

export type OpenApiDocument = {
  openapi: '3.1.0'
  info: { title: string; version: string }
  servers: [{ url: string }]
  tags: { name: string }[]
  paths: Record<string, Record<string, OpenApiOperation>>
  components: { schemas: Record<string, Schema>; securitySchemes: Record<string, Schema> }
}

/** What every error looks like. */
const ErrorBody = z
  .object({
    id: z.string(),
    code: z.int(),
    type: z.enum(Object.keys(ERROR_TYPES)),
    message: z.string(),
    description: z.string(),
    status: z.int(),
    metadata: JsonObject.optional(),
  })
  .meta({ id: 'Error' })

/** The contract as an OpenAPI 3.1 document. */
export const openApi = (
  contract: Readonly<Record<string, Operations>>,
  { title, version, serverUrl }: { title: string; version: string; serverUrl: string },
): OpenApiDocument => {
  const components = gatherComponents()
  const paths: OpenApiDocument['paths'] = {}
  for (const [resource, operations] of Object.entries(contract))
    for (const [operationId, operation] of Object.entries(operations)) {
      const path = operation.path.replaceAll(/:(\w+)/g, '{$1}')
      const item = { [operation.method.toLowerCase()]: describe(components, resource, operationId, operation) }
      paths[path] = { ...paths[path], ...item }
    }
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: [{ url: serverUrl }],
    tags: Object.keys(contract).map((name) => ({ name })),
    paths,
    components: { schemas: components.schemas, securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  }
}

const describe = (
  components: Components,
  resource: string,
  operationId: string,
  operation: Operation,
): OpenApiOperation => {
  const {
    path,
    summary,
    access,
    tenant,
    params,
    headers,
    query,
    body,
    bodyType,
    status,
    response,
    stream,
    contents,
    refusal,
  } = operation
  return {
    operationId,
    tags: [resource],
    summary,
    security: 'public' in access ? [] : [{ bearer: [] }],
    parameters: [
      ...(tenant === 'bot' && path.includes('/:botId') ? [] : TENANT_HEADERS[tenant]),
      ...(takesIdempotencyKey(operation) ? [IDEMPOTENCY_KEY] : []),
      ...parametersOf(components, 'header', headers),
      ...parametersOf(components, 'path', params),
      ...parametersOf(components, 'query', query),
    ],
    ...(body && {
      requestBody: {
        required: !body.safeParse(undefined).success,
        content: { [bodyType ?? 'application/json']: { schema: components.use(body, 'input') } },
      },
    }),
    responses: {
      [status]: {
        description: status === 201 ? 'Created' : 'Done',
        content: {
          [typeOf(stream, contents)]: { schema: components.use(response, 'output') },
        },
      },
      default: {
        description: 'Refused or failed',
        content: { 'application/json': { schema: components.use(refusal ?? ErrorBody, 'output') } },
      },
    },
  }
}

const typeOf = (stream?: true, contents?: true): string =>
  stream ? 'text/event-stream' : contents ? 'application/octet-stream' : 'application/json'

const header = (name: string, required: boolean): OpenApiParameter => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string' },
})

const TENANT_HEADERS: Record<Tenant, OpenApiParameter[]> = {
  nobody: [],
  account: [],
  workspace: [header('x-workspace-id', false)],
  bot: [header('x-bot-id', true), header('x-integration-id', false), header('x-integration-alias', false)],
}

/** Every POST of somebody who has a name may carry a key under which its answer is kept. */
const IDEMPOTENCY_KEY = header('idempotency-key', false)

const parametersOf = (
  components: Components,
  place: OpenApiParameter['in'],
  fields: z.ZodType | undefined,
): OpenApiParameter[] => {
  if (!fields) return []
  const { properties = {}, required = [] } = components.use(fields, 'input') as {
    properties?: Record<string, Schema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema,
    ...(place === 'query' && schema['type'] === 'object' && { style: 'deepObject', explode: true }),
    ...(place === 'query' && schema['type'] === 'array' && { style: 'form', explode: true }),
  }))
}

type Components = {
  schemas: Record<string, Schema>
  /** The JSON schema of a shape; whatever has an id in it becomes a component. */
  use: (shape: z.ZodType, io: 'input' | 'output') => Schema
}

const gatherComponents = (): Components => {
  const schemas: Record<string, Schema> = {}
  return {
    schemas,
    use: (shape, io) => {
      const {
        $schema: _,
        $defs = {},
        ...schema
      } = withHoistedRefs(z.toJSONSchema(shape, { io, unrepresentable: 'any' }))
      for (const [id, component] of Object.entries($defs)) {
        if (id in schemas && JSON.stringify(schemas[id]) !== JSON.stringify(component))
          throw new Error(`Two shapes are called "${id}"`)
        schemas[id] = component
      }
      return schema
    },
  }
}

const withHoistedRefs = (schema: Schema): Schema & { $defs?: Record<string, Schema> } =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string' ? value.replace('#/$defs/', '#/components/schemas/') : value,
  )
