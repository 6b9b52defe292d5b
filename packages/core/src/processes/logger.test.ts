import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const CORE = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

const saying = (rest: string) =>
  promisify(execFile)(process.execPath, [
    '--input-type=module',
    '--eval',
    `import { createLogger } from '${CORE}'; createLogger('info').info('last words'); ${rest}`,
  ])

test.each([
  ['ends by itself', ''],
  ['is told to exit', 'process.exit(0)'],
])('what was logged is written when the process %s', async (_, rest) => {
  expect((await saying(rest)).stderr).toContain('"msg":"last words"')
})

test('what was logged is written when the process breaks', async () => {
  await expect(saying('throw new Error("broken")')).rejects.toMatchObject({
    stderr: expect.stringMatching(/"msg":"last words"[^]*broken|broken[^]*"msg":"last words"/),
  })
})
