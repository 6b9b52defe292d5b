import { expect, test } from 'vitest'
import { z } from 'zod'
import { accessTable } from './access-table.ts'
import { contract } from './contract.ts'
import { defineOperations, type Operations } from './operation.ts'

test('docs/access.md is what the contract says', async () => {
  await expect(accessTable(contract)).toMatchFileSnapshot('../../../docs/access.md')
})

test('every operation is a line', () => {
  const lines = accessTable(contract).split('\n')
  const operations = Object.values(contract).flatMap((group: Operations) => Object.entries(group))
  for (const [operationId, { method, path }] of operations)
    expect(lines.filter((line) => line.startsWith(`| ${operationId} | \`${method} ${path}\` |`))).toHaveLength(1)
  expect(lines.filter((line) => line.includes('` |'))).toHaveLength(operations.length)
})

test('a line names every kind of caller and the least role of an account', () => {
  const probe = {
    method: 'GET',
    path: '/probe',
    summary: '',
    tenant: 'bot',
    status: 200,
    response: z.object({}),
  } as const
  const probes = defineOperations({
    open: { ...probe, access: { public: true } },
    closed: { ...probe, access: { callers: ['bot', 'account', 'account:manager'] } },
  })
  expect(accessTable({ probes })).toContain('| open | `GET /probe` | bot | everybody |\n')
  expect(accessTable({ probes })).toContain(
    '| closed | `GET /probe` | bot | bot, account, account (manager or above) |\n',
  )
})
