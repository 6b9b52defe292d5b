/** What only the person who runs the server can put right. `message` is one sentence made for them. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
