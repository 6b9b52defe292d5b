import { readFileSync } from 'node:fs'
import { contract, type Operation } from '@understudy/contract'
import { newId } from '@understudy/core'
import Fastify from 'fastify'
import pg from 'pg'
import type { Recorded, Source } from '../statement.ts'
import { ANSWERS } from './answer.ts'
import { env } from './env.ts'

// What a hand-written server of one purpose would be: Fastify, zod for what comes in and goes out, one statement. No
// callers, no tenants, no tags by name, no errors of its own, no log.

/** A case, served below its id. */
export type BareCase = Recorded & { id: string; operationId: string }

const TIMESTAMPTZ = 1184
const operations: Record<string, Operation> = Object.assign({}, ...Object.values(contract))

pg.types.setTypeParser(TIMESTAMPTZ, (text) => text)
const pool = new pg.Pool({
  connectionString: env.databaseUrl,
  max: 10,
  options: '-c timezone=UTC -c plan_cache_mode=force_generic_plan',
})

/** `tags.id=1` is a member of an object. */
const parseQuery = (text: string): Record<string, unknown> => {
  const query: Record<string, unknown> = {}
  for (const [key, value] of new URLSearchParams(text)) {
    const [name = '', member] = key.split('.')
    query[name] = member === undefined ? value : { ...(query[name] as object), [member]: value }
  }
  return query
}

/** How one value of a statement is got from a request. */
const reader = (source: Source): ((input: Record<string, unknown>) => unknown) => {
  switch (source.kind) {
    case 'constant':
      return () => source.value
    case 'fresh':
      return () => newId(source.prefix as Parameters<typeof newId>[0])
    case 'now':
      return () => new Date()
    case 'given': {
      const [name = '', member] = source.path.split('.')
      return (input) => (member === undefined ? input[name] : (input[name] as Record<string, unknown>)[member])
    }
  }
}

const app = Fastify({ routerOptions: { querystringParser: parseQuery } })
app.get('/readyz', () => pool.query('select 1').then(() => ({ status: 'ready' })))

const [file = ''] = process.argv.slice(2)
for (const { id, operationId, statement, sources } of JSON.parse(readFileSync(file, 'utf8')) as BareCase[]) {
  const [operation, answer, values] = [operations[operationId], ANSWERS[operationId], sources.map(reader)]
  if (!operation || !answer) throw new Error(`There is no way to answer ${operationId} here.`)
  app.route({
    method: operation.method,
    url: `/${id}${operation.path}`,
    handler: async ({ params, query, body }, reply) => {
      const input = {
        ...(operation.params?.parse(params) as object),
        ...(operation.query?.parse(query) as object),
        ...(operation.body?.parse(body) as object),
      }
      const { rows } = await pool.query({ ...statement, values: values.map((read) => read(input)) })
      return reply.code(operation.status).send(operation.response.parse(answer(rows)))
    },
  })
}

await app.listen({ host: '127.0.0.1', port: env.port })
process.on('SIGTERM', () => void app.close().then(() => pool.end()))
