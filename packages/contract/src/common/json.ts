import { z } from 'zod'

/** Any JSON object, kept as it was sent. */
export const JsonObject = z.record(z.string(), z.unknown())
export type JsonObject = z.output<typeof JsonObject>
