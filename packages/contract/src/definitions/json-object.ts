import { z } from 'zod'

/** Any JSON object, kept as it was sent: JSON schemas, configurations, payloads. */
export const JsonObject = z.record(z.string(), z.unknown())
export type JsonObject = z.infer<typeof JsonObject>
