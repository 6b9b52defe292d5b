/** Something only the person who runs the server can put right, in one sentence. A process shows it and ends with code 1. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
