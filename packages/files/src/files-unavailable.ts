/** The place where contents lie cannot be reached, or takes nothing more. */
export class FilesUnavailable extends Error {
  override readonly name = 'FilesUnavailable'
}

/** Tells what the operating system refused in these terms. @throws FilesUnavailable always */
export const unavailable = (error: unknown): never => {
  throw new FilesUnavailable(error instanceof Error ? error.message : String(error), { cause: error })
}
