import { createHash } from 'node:crypto'

/** The same for the same input, in whatever order its keys were written. */
export const inputHash = (input: object): Buffer =>
  createHash('sha256').update(JSON.stringify(input, sortedKeys)).digest()

const sortedKeys = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value
