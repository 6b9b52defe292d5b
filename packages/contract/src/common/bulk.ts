import { z } from 'zod'

/** What a very long string of a body stands for: its bytes, and the digest by which equal ones are known. */
export class Bulk {
  constructor(
    readonly bytes: Uint8Array,
    readonly sha256: string,
  ) {}

  /** Whoever writes a request down writes which bytes they were. */
  toJSON(): string {
    return this.sha256
  }
}

/** The member of a body that its operation names as `bulk`: a string to clients. */
export const BulkText = z.instanceof(Bulk, { error: 'Invalid input: expected string' }).meta({ type: 'string' })
