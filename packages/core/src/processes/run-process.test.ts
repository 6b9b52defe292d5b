import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const CORE = fileURLToPath(new URL('../../dist/index.js', import.meta.url))

/** Runs a server whose `close` is the given code, and tells it to stop once it runs. */
const stopped = async (close: string, signal: NodeJS.Signals): Promise<unknown> => {
  const program = `
    import { runProcess } from '${CORE}'
    await runProcess(async () => ({ close: async () => { ${close} } }), { deadlineMs: 100 })
    setInterval(() => {}, 1000)
    console.log('runs')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = once(child, 'exit')
  await once(child.stdout, 'data')
  child.kill(signal)
  const [code] = await gone
  return code
}

test.each([
  ['finishes what is under way', '', 0],
  ['does not wait for ever for what never ends', 'await new Promise(() => {})', 0],
  ['says so when it cannot stop properly', 'throw new Error("broken")', 1],
] as const)('a server that is told to stop %s', async (_, close, code) => {
  expect(await stopped(close, 'SIGTERM')).toBe(code)
  expect(await stopped(close, 'SIGINT')).toBe(code)
})
