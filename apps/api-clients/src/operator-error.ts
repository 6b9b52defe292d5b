/** Something only the person at the terminal can put right, in one sentence. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError'
}
