import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from './contract.ts'
import { conversationsOperations, participantsOperations } from './conversations/index.ts'
import { type OpenApiOperation, openApi } from './openapi.ts'
import { defineOperations, type Operations } from './operation.ts'
import { usersOperations } from './users/index.ts'

const about = { title: 'Understudy', version: '1.0.0', serverUrl: 'http://localhost:4700' }

type Placed = OpenApiOperation & { method: string; path: string }

const operationsOf = (group: Readonly<Record<string, Operations>>): Placed[] =>
  Object.entries(openApi(group, about).paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ ...operation, method, path })),
  )

const described = operationsOf(contract)
const promised = Object.entries(contract).flatMap(([resource, operations]: [string, Operations]) =>
  Object.entries(operations).map(([operationId, operation]) => ({ ...operation, resource, operationId })),
)

/** Every value of a keyword, wherever it stands. */
const valuesOf = (keyword: string, value: unknown): unknown[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [
        ...(key === keyword ? [inner] : []),
        ...valuesOf(keyword, inner),
      ])
    : []

const parameters = ({ parameters: all }: OpenApiOperation, place: string) =>
  all.filter((parameter) => parameter.in === place).map(({ name }) => name)

test('every operation is described exactly once, under its own method, path and resource', () => {
  const line = (parts: string[]) => parts.join(' ')
  expect(described.map((one) => line([one.operationId, one.method, one.path, ...one.tags])).toSorted()).toEqual(
    promised
      .map((one) =>
        line([one.operationId, one.method.toLowerCase(), one.path.replaceAll(/:([^/]+)/g, '{$1}'), one.resource]),
      )
      .toSorted(),
  )
})

test('every path parameter is declared, and no other', () => {
  const named = (path: string, names: string[]) => [path, ...names.toSorted()].join(' ')
  const declared = described.map((operation) => named(operation.path, parameters(operation, 'path')))
  const inPath = described.map(({ path }) => named(path, path.match(/(?<=\{)[^}]+/g) ?? []))
  expect(declared).toEqual(inPath)
  expect(declared).toContain('/v1/admin/integrations/{name}/{version} name version')
})

test('every reference leads to a component, and every component is referred to', () => {
  const document = openApi(contract, about)
  const used = [...new Set(valuesOf('$ref', document).map(String))]
  const known = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
  expect(used.toSorted()).toEqual(known.toSorted())
  expect(used).toContain('#/components/schemas/Error')
})

test('nothing is said twice: an entity is one component, wherever it is answered', () => {
  const { paths, components } = openApi({ usersOperations, conversationsOperations, participantsOperations }, about)
  expect(Object.keys(components.schemas).toSorted()).toEqual(['Conversation', 'Error', 'User'])
  expect(components.schemas['User']).toMatchObject({ type: 'object', properties: { pictureUrl: { type: 'string' } } })
  const schema = { properties: { participant: { $ref: '#/components/schemas/User' } } }
  expect(paths['/v1/chat/conversations/{id}/participants/{userId}']?.['get']?.responses['200']).toMatchObject({
    content: { 'application/json': { schema } },
  })
  expect(valuesOf('pictureUrl', components)).toHaveLength(1)
})

test('every operation but the public ones asks for a token', () => {
  const open = promised.filter(({ access }) => 'public' in access).map(({ operationId }) => operationId)
  const withoutToken = described.filter(({ security }) => security.length === 0).map(({ operationId }) => operationId)
  expect(withoutToken.toSorted()).toEqual(open.toSorted())
})

test('the headers that name the tenant are those of the operation', () => {
  expect(operationsOf({ probes }).map((operation) => parameters(operation, 'header'))).toEqual([
    ['x-bot-id', 'x-integration-id', 'x-integration-alias'],
    ['x-workspace-id', 'idempotency-key', 'x-own'],
    [],
  ])
})

test('every published POST but the public ones, and nothing else, takes an idempotency key', () => {
  const posts = promised.filter(
    ({ method, path, access }) => method === 'POST' && path.startsWith('/v1/') && 'callers' in access,
  )
  const keyed = described.filter((operation) => parameters(operation, 'header').includes('idempotency-key'))
  expect(keyed.map(({ operationId }) => operationId).toSorted()).toEqual(
    posts.map(({ operationId }) => operationId).toSorted(),
  )
})

test('what a query and a body accept is what the client sends, not what the handler receives', () => {
  const [list, create] = operationsOf({ probes })
  expect(list?.parameters.filter((parameter) => parameter.in === 'query')).toEqual([
    { name: 'tags', in: 'query', required: false, style: 'deepObject', explode: true, schema: expect.anything() },
    { name: 'ids', in: 'query', required: true, style: 'form', explode: true, schema: expect.anything() },
    { name: 'size', in: 'query', required: false, schema: expect.objectContaining({ type: 'number' }) },
  ])
  expect(create?.requestBody).toMatchObject({
    required: true,
    content: { 'application/json': { schema: { properties: { day: { type: 'string' } } } } },
  })
})

test('a body that is no JSON, and refusals in other words, are described as what they are', () => {
  const [{ requestBody, responses } = described[0]!] = described.filter(({ path }) => path === '/oauth2/token')
  expect(Object.keys(requestBody?.content ?? {})).toEqual(['application/x-www-form-urlencoded'])
  expect(responses['default']?.content['application/json']?.schema).toEqual({
    $ref: '#/components/schemas/OAuth2Error',
  })
})

test('bytes are described as bytes', () => {
  const [{ responses } = described[0]!] = described.filter(({ operationId }) => operationId === 'downloadStorageFile')
  expect(responses['200']?.content).toEqual({
    'application/octet-stream': { schema: expect.objectContaining({ type: 'string', format: 'binary' }) },
  })
})

test('two shapes cannot share a name', () => {
  const named = (field: string) => z.object({ [field]: z.string() }).meta({ id: 'Namesake' })
  const probe = { ...probes.watchProbes, response: z.object({ a: named('a'), b: named('b') }) }
  expect(() => openApi({ probes: { probe } }, about)).toThrow(/Namesake/)
  const twice = { one: { ...probe, response: named('a') }, two: { ...probe, response: named('b') } }
  expect(() => openApi({ probes: twice }, about)).toThrow(/Namesake/)
})

const probes = defineOperations({
  listProbes: {
    method: 'GET',
    path: '/v1/probes',
    summary: 'List probes',
    tenant: 'bot',
    access: { callers: ['bot'] },
    query: z.object({
      tags: z.record(z.string(), z.string()).optional(),
      ids: z.array(z.string()),
      size: z.number().transform(String).default('20'),
    }),
    status: 200,
    response: z.object({}),
  },
  createProbe: {
    method: 'POST',
    path: '/v1/probes',
    summary: 'Create a probe',
    tenant: 'workspace',
    access: { callers: ['account:viewer'] },
    headers: z.object({ 'x-own': z.string().optional() }),
    body: z.object({ day: z.string().transform((day) => new Date(day)) }),
    status: 201,
    response: z.object({}),
  },
  watchProbes: {
    method: 'GET',
    path: '/v1/probes/watch',
    summary: 'Watch probes',
    tenant: 'nobody',
    access: { public: true },
    status: 200,
    response: z.object({}),
  },
})
