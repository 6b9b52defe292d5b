import { beforeAll, expect, test } from 'vitest'
import { type Caller, startApi } from '../testing/start-api.ts'

let admin: Caller
beforeAll(async () => {
  admin = await (await startApi()).account('developer')
})

const run = (script: string, data: object = {}) => admin.call('POST', '/v1/admin/helper/vrl', { script, data })

test('a script answers, and says what it made of the data', async () => {
  const { status, body } = await run('.seen = true; parse_json!(.body).team_id', { body: '{"team_id":"T1"}' })
  expect([status, body]).toEqual([200, { data: { body: '{"team_id":"T1"}', seen: true }, result: 'T1' }])
})

test.each([
  ['makes no sense', '.a = (', /syntax error/],
  ['fails', 'to_string!(.b)', /unable to coerce/],
  [
    'grows without end',
    `x = "0123456789"; ${'x = x + x + x + x + x + x + x + x; '.repeat(9)} length(x)`,
    /memory|did not end/,
  ],
])('one that %s is told so, and the next one runs', async (_, script, problem) => {
  const refused = await run(script, { b: {} })
  expect([refused.status, refused.body['type']]).toEqual([400, 'InvalidPayload'])
  expect(refused.body['message']).toMatch(problem)
  expect((await run('1 + 1')).body['result']).toBe(2)
})

test('a script sees nothing of the server', async () => {
  expect((await run('get_env_var("PATH") ?? "nothing"')).body['result']).toBe('nothing')
})
