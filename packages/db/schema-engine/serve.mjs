import { createInterface } from 'node:readline'

const METHODS = { getDatabaseVersion: 'version' }
const FAILED = 4466

/**
 * Answers JSON-RPC requests, one a line, one after the other, until the input ends.
 * @param {object} engine whose methods are the requests
 * @param {NodeJS.ReadableStream} input
 * @param {NodeJS.WritableStream} output
 */
export const serve = async (engine, input, output) => {
  const send = (message) => output.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
  let asked
  // A panic of the engine comes out of its own tasks: without an answer Prisma would take it for success.
  process.on('uncaughtException', (error) => {
    send({ id: asked, error: failure(error, true) })
    process.exitCode = 1
  })
  for await (const line of createInterface({ input })) {
    const { id, method, params } = JSON.parse(line)
    // Without a method it is the answer to a `print` of ours.
    if (!method) continue
    asked = id
    try {
      const result = (await engine[METHODS[method] ?? method](params)) ?? {}
      // The native engine prints a diff by asking its caller to.
      if (method === 'diff' && result.stdout)
        send({ id: `print-${id}`, method: 'print', params: { content: result.stdout } })
      send({ id, result })
    } catch (error) {
      send({ id, error: failure(error) })
    }
  }
}

const failure = ({ message, meta = null, code = null }, isPanic = false) => ({
  code: FAILED,
  message: 'An error happened. Check the data field for details.',
  data: { is_panic: isPanic, message, meta, error_code: code },
})
