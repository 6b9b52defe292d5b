import { expect, test, vi } from 'vitest'
import { complaint, said } from './testing/command-line.ts'
import { credentialsIn, dataDirectory, started } from './testing/program.ts'

vi.setConfig({ testTimeout: 240_000 })

test('keys are printed, made, listed and revoked', async () => {
  const directory = dataDirectory()
  const server = await started({ UNDERSTUDY_DATA_DIR: directory })
  const here = ['--data-dir', directory]
  const { BP_TOKEN, BP_WORKSPACE_ID } = credentialsIn(directory)
  expect(await said(['keys', ...here])).toContain(
    `export BP_TOKEN=${BP_TOKEN}\nexport BP_WORKSPACE_ID=${BP_WORKSPACE_ID}\n`,
  )

  const [, made = ''] =
    /^export BP_TOKEN=(bp_pat_\S+)\n$/.exec(await said(['keys', 'new', '--note', 'for "ci"', ...here])) ?? []
  const status = async () => {
    const answer = await fetch(`${server.url}/v1/admin/account/me`, { headers: { authorization: `Bearer ${made}` } })
    return answer.status
  }
  expect(await status()).toBe(200)
  // Also as the one whose lines have been pasted.
  const variables = { BP_API_URL: server.url, BP_TOKEN: made }
  const listed = await said(['keys', 'list'], { variables })
  expect(listed).not.toContain(made)
  const [, id = ''] = /^(pat_\S+) .* "for \\"ci\\""$/m.exec(listed) ?? []
  expect(await said(['keys', 'revoke', id, ...here])).toBe(`Revoked ${id}.\n`)
  await vi.waitFor(async () => expect(await status()).toBe(401))
  expect(await complaint(['keys', 'list'], { variables })).toMatch(/token/i)

  await server.end('SIGTERM')
  expect(await said(['keys', ...here])).toContain(`export BP_TOKEN=${BP_TOKEN}\n`)
  expect(await complaint(['keys', 'new', ...here])).toMatch(/^No server answers at/)
})

test('where there is no server, that is said', async () => {
  expect(await complaint(['keys', '--data-dir', dataDirectory()])).toMatch(/^There is no server in/)
})
